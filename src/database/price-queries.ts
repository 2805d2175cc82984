import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Price } from '../providers/model.ts'
import type { Tables } from './tables.ts'

/** The prices that a model had, the newest first. */
export async function priceHistory(db: Kysely<Tables>, model: string): Promise<(Price & { recordedAt: Date })[]> {
  const rows = await db
    .selectFrom('model_prices')
    .selectAll()
    .where('model_name', '=', model)
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({ ...toPrice(row), recordedAt: row.recorded_at }))
}

/** The newest price of every model that has one, by name. */
export async function latestPrices(db: Kysely<Tables>): Promise<Map<string, Price>> {
  const rows = await db
    .selectFrom('model_prices')
    .distinctOn('model_name')
    .selectAll()
    .orderBy('model_name')
    .orderBy('id', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.model_name, toPrice(row)]))
}

/** Part of saving a model: a price that differs from the newest one joins the history, and the registry shows it. */
export async function recordPrice(trx: Transaction<Tables>, model: string, price: Price, at: Date): Promise<void> {
  const values = {
    input_usd_per_1k: price.inputUsdPer1k ?? null,
    output_usd_per_1k: price.outputUsdPer1k ?? null,
    cached_input_usd_per_1k: price.cachedInputUsdPer1k ?? null,
    as_of: price.asOf,
    source: price.source,
  }
  const [latest] = await priceHistory(trx, model)
  if (latest === undefined || !isSame(latest, price)) {
    await trx
      .insertInto('model_prices')
      .values({ model_name: model, ...values, recorded_at: at })
      .execute()
  }
  await trx
    .updateTable('model_registry')
    .set({ cost_per_1k_input: values.input_usd_per_1k, cost_per_1k_output: values.output_usd_per_1k })
    .where('model_name', '=', model)
    .execute()
}

function isSame(a: Price, b: Price): boolean {
  return (
    a.inputUsdPer1k === b.inputUsdPer1k &&
    a.outputUsdPer1k === b.outputUsdPer1k &&
    a.cachedInputUsdPer1k === b.cachedInputUsdPer1k &&
    a.asOf === b.asOf &&
    a.source === b.source
  )
}

function toPrice(row: Selectable<Tables['model_prices']>): Price {
  return {
    inputUsdPer1k: row.input_usd_per_1k ?? undefined,
    outputUsdPer1k: row.output_usd_per_1k ?? undefined,
    cachedInputUsdPer1k: row.cached_input_usd_per_1k ?? undefined,
    asOf: row.as_of,
    source: row.source,
  }
}
