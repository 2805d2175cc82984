import type { Kysely } from 'kysely'
import type { Config } from '../config/config.ts'
import type { ModelConfig } from '../config/model-config.ts'
import { listModels, saveModel } from '../database/model-queries.ts'
import type { Tables } from '../database/tables.ts'
import type { Model } from '../providers/model.ts'
import { UserError } from '../shared/user-error.ts'

const rulesModels = ['rules-basic', 'rules-thorough']

/** Brings the models of the configuration, and the baselines, into the registry. Rows that are there keep what they say. */
export async function syncRegistry(db: Kysely<Tables>, config: Config, now: Date): Promise<void> {
  const known = new Set((await listModels(db)).map(({ name }) => name))
  for (const model of config.models) await saveModel(db, modelFrom(model, config), now)
  for (const name of config.baselines) {
    if (known.has(name) || config.models.some((model) => model.name === name)) continue
    await saveModel(db, baselineFrom(name), now)
  }
}

function modelFrom(entry: ModelConfig, config: Config): Model {
  const provider = config.providers[entry.provider]
  if (provider === undefined) throw new Error(`No provider "${entry.provider}" for model "${entry.name}".`)
  return {
    name: entry.name,
    provider: provider.name,
    providerKind: provider.kind,
    providerModelId: entry.id,
    baseUrl: provider.baseUrl,
    family: entry.family,
    pricingTier: entry.pricingTier,
    capabilities: { ...entry.capabilities },
    contextTokens: entry.contextTokens,
    price: entry.price,
    isActive: true,
  }
}

function baselineFrom(name: string): Model {
  if (!rulesModels.includes(name)) {
    throw new UserError(
      `baselines: expected names of the rules provider (${rulesModels.join(', ')}) or of models, got "${name}".`,
    )
  }
  return {
    name,
    provider: 'rules',
    providerKind: 'rules',
    providerModelId: name,
    baseUrl: undefined,
    family: 'rules',
    pricingTier: undefined,
    capabilities: {},
    contextTokens: undefined,
    price: undefined,
    isActive: true,
  }
}
