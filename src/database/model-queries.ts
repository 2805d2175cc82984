import { type Kysely, type Selectable, sql } from 'kysely'
import type { Model, Price } from '../providers/model.ts'
import type { ProviderKind } from '../providers/provider.ts'
import type { JsonObject } from '../shared/json.ts'
import { UserError } from '../shared/user-error.ts'
import { inTransaction } from './in-transaction.ts'
import { toJsonText } from './json-text.ts'
import { latestPrices, recordPrice } from './price-queries.ts'
import type { Tables } from './tables.ts'

/** All models, retired ones too, by name; each with its newest price. */
export async function listModels(db: Kysely<Tables>): Promise<Model[]> {
  const rows = await db.selectFrom('model_registry').selectAll().orderBy('model_name').execute()
  const prices = await latestPrices(db)
  return rows.map((row) => toModel(row, prices.get(row.model_name)))
}

/** The place of each model in the order of registration, from 0: it keeps its colour for life. */
export async function modelNumbers(db: Kysely<Tables>): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('model_registry')
    .select('model_name')
    .orderBy('added_at')
    .orderBy('model_name')
    .execute()
  return new Map(rows.map(({ model_name: name }, number) => [name, number]))
}

/** Adds a model that a person names, for the tiers that it names; one that has the name already is left as it is. */
export async function insertModel(db: Kysely<Tables>, model: Model, at: Date): Promise<'inserted' | 'exists'> {
  assertStorable(model)
  return inTransaction(db, async (trx) => {
    const inserted = await trx
      .insertInto('model_registry')
      .values({ ...toRow(model, at), metadata: toJsonText({ source: 'person', tiers: model.tiers ?? [] }) })
      .onConflict((conflict) => conflict.column('model_name').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (inserted === undefined) return 'exists'
    if (model.price !== undefined) await recordPrice(trx, model.name, model.price, at)
    return 'inserted'
  })
}

/**
 * Makes the registry say what the configuration says of a model. An entry that does not come from the configuration, like
 * the rows of the source document, keeps its family, price plan and capabilities; a retired model stays retired.
 */
export async function saveModel(db: Kysely<Tables>, model: Model, at: Date): Promise<void> {
  assertStorable(model)
  const configured = toJsonText({ source: 'configuration' })
  const chosen = (column: 'model_family' | 'tier' | 'capabilities') => sql<never>`
    case when model_registry.metadata @> ${configured}::jsonb then excluded.${sql.ref(column)}
    else coalesce(model_registry.${sql.ref(column)}, excluded.${sql.ref(column)}) end`
  await inTransaction(db, async (trx) => {
    await trx
      .insertInto('model_registry')
      .values({ ...toRow(model, at), metadata: configured })
      .onConflict((conflict) =>
        conflict.column('model_name').doUpdateSet((row) => ({
          provider: row.ref('excluded.provider'),
          provider_kind: row.ref('excluded.provider_kind'),
          provider_model_id: row.ref('excluded.provider_model_id'),
          base_url: row.ref('excluded.base_url'),
          context_tokens: sql`coalesce(excluded.context_tokens, model_registry.context_tokens)`,
          model_family: chosen('model_family'),
          tier: chosen('tier'),
          capabilities: chosen('capabilities'),
        })),
      )
      .execute()
    if (model.price !== undefined) await recordPrice(trx, model.name, model.price, at)
  })
}

/** Retires a model: it stays in the registry and is not asked any more. False when there is no active model of this name. */
export async function deactivateModel(db: Kysely<Tables>, name: string, reason: string, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('model_registry')
    .set({ is_active: false, deactivated_at: at, deactivation_reason: reason })
    .where('model_name', '=', name)
    .where('is_active', 'is distinct from', false)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Takes a retired model back. False when there is no retired model of this name. */
export async function activateModel(db: Kysely<Tables>, name: string): Promise<boolean> {
  const result = await db
    .updateTable('model_registry')
    .set({ is_active: true, deactivated_at: null, deactivation_reason: null })
    .where('model_name', '=', name)
    .where('is_active', '=', false)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Width of `model_name` in the source document, which other tables repeat. */
const longestName = 100

function assertStorable({ name }: Model): void {
  if (name.length <= longestName) return
  throw new UserError(
    `Expected a model name of at most ${longestName} characters, got "${name}" with ${name.length}. ` +
      'Give the model a short name and what its provider calls it as id.',
  )
}

function toRow(model: Model, at: Date) {
  return {
    model_name: model.name,
    model_family: model.family ?? null,
    tier: model.pricingTier ?? null,
    capabilities: Object.keys(model.capabilities).length === 0 ? null : toJsonText(model.capabilities),
    is_active: model.isActive,
    added_at: at,
    provider: model.provider,
    provider_kind: model.providerKind,
    provider_model_id: model.providerModelId === model.name ? null : model.providerModelId,
    base_url: model.baseUrl ?? null,
    context_tokens: model.contextTokens ?? null,
  }
}

function toModel(row: Selectable<Tables['model_registry']>, recorded: Price | undefined): Model {
  return {
    name: row.model_name,
    provider: row.provider,
    providerKind: row.provider_kind as ProviderKind,
    providerModelId: row.provider_model_id ?? row.model_name,
    baseUrl: row.base_url ?? undefined,
    family: row.model_family ?? undefined,
    pricingTier: (row.tier as Model['pricingTier'] | null) ?? undefined,
    capabilities: row.capabilities ?? {},
    contextTokens: row.context_tokens ?? undefined,
    price: priceOf(row, recorded),
    isActive: row.is_active,
    retired:
      row.deactivated_at === null ? undefined : { at: row.deactivated_at, reason: row.deactivation_reason ?? '' },
    tiers: tiersOf(row.metadata),
  }
}

function tiersOf(metadata: JsonObject | null): number[] {
  const tiers = metadata?.tiers
  return Array.isArray(tiers) ? tiers.filter((tier) => typeof tier === 'number') : []
}

/**
 * The registry's columns hold six decimals, so a recorded price that rounds to them is the exact form of the same price;
 * figures that somebody wrote into the columns by hand are newer than any record.
 */
function priceOf(row: Selectable<Tables['model_registry']>, recorded: Price | undefined): Price | undefined {
  const { cost_per_1k_input: input, cost_per_1k_output: output } = row
  const isRecorded = isRounded(input, recorded?.inputUsdPer1k) && isRounded(output, recorded?.outputUsdPer1k)
  if (isRecorded) return recorded
  return {
    inputUsdPer1k: input ?? undefined,
    outputUsdPer1k: output ?? undefined,
    cachedInputUsdPer1k: undefined,
    asOf: row.added_at.toISOString().slice(0, 10),
    source: 'model_registry',
  }
}

function isRounded(stored: number | null, exact: number | undefined): boolean {
  if (stored === null || exact === undefined) return stored === null && exact === undefined
  return Math.abs(stored - exact) < 0.000_000_6
}

/** Lets a model join the evaluations of more tiers. */
export async function addTiers(db: Kysely<Tables>, name: string, tiers: readonly number[]): Promise<void> {
  await inTransaction(db, async (trx) => {
    const row = await trx
      .selectFrom('model_registry')
      .select('metadata')
      .where('model_name', '=', name)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const all = [...new Set([...tiersOf(row.metadata), ...tiers])].toSorted((a, b) => a - b)
    const metadata = toJsonText({ ...row.metadata, tiers: all })
    await trx.updateTable('model_registry').set({ metadata }).where('model_name', '=', name).execute()
  })
}
