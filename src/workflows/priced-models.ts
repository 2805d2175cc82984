import type { Kysely } from 'kysely'
import type { Config } from '../config/config.ts'
import { listModels } from '../database/model-queries.ts'
import type { Tables } from '../database/tables.ts'
import type { Model } from '../providers/model.ts'
import { placementOf } from '../providers/placement.ts'
import { priceOf } from '../providers/price.ts'

/** The registry, with the price of its electricity for every local model that has no other price. */
export async function pricedModels(db: Kysely<Tables>, config: Config): Promise<Model[]> {
  return (await listModels(db)).map((model) => withElectricity(model, config))
}

/** An estimate: the machine draws its watts while it answers, and nothing for the model else. */
export function withElectricity(model: Model, { electricity, providers, models }: Config): Model {
  if (electricity === undefined || placementOf(model) !== 'local' || priceOf(model) !== undefined) return model
  const own = models.find(({ name }) => name === model.name)
  const watts = own?.watts ?? providers[model.provider]?.watts ?? electricity.watts
  const price = {
    inputUsdPer1k: 0,
    outputUsdPer1k: 0,
    cachedInputUsdPer1k: 0,
    usdPerHour: (electricity.usdPerKwh * watts) / 1000,
    asOf: electricity.asOf,
    source: `estimate: ${watts} W at $${electricity.usdPerKwh} a kWh`,
  }
  return { ...model, price }
}
