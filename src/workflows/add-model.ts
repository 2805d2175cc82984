import { inTransaction } from '../database/in-transaction.ts'
import { activateModel, addTiers, deactivateModel, insertModel, listModels } from '../database/model-queries.ts'
import { recordPrice } from '../database/price-queries.ts'
import type { Model, Price } from '../providers/model.ts'
import { priceOf } from '../providers/price.ts'
import { didYouMean } from '../shared/nearest-word.ts'
import { UserError } from '../shared/user-error.ts'
import { tickRollouts } from './rollout/decide-rollout.ts'
import type { Workspace } from './workspace.ts'

export interface ModelToAdd {
  name: string
  /** Undefined only for a model that is there already. */
  provider: string | undefined
  id: string | undefined
  tiers: readonly number[]
  contextTokens: number | undefined
  /** Input and output in US dollars per 1,000 tokens, as a person wrote them. */
  price: readonly string[] | undefined
  priceSource: string
}

/**
 * Adds a model to the registry, takes a retired one back, lets a known one join more tiers, or gives it a price.
 * @returns what was done, in a sentence
 * @throws UserError for an unknown provider or tier, for a price that is none, and for nothing to do
 */
export async function addModel(workspace: Workspace, wanted: ModelToAdd): Promise<string> {
  const { config, database, clock } = workspace
  const { name, tiers } = wanted
  const known = config.tiers.map(({ id }) => id)
  for (const tier of tiers) {
    if (!known.includes(tier))
      throw new UserError(`Expected a tier of the configuration (${known.join(', ')}), got ${tier}.`)
  }
  const existing = (await listModels(database.db)).find((model) => model.name === name)
  if (existing !== undefined) return again(existing, wanted, workspace)
  const model = modelFrom(wanted, workspace)
  await insertModel(database.db, model, clock.now())
  const joins =
    tiers.length === 0
      ? ' It takes part once a tier names it among its candidates.'
      : ` It joins the next evaluation of ${words(tiers)}.`
  const price =
    priceOf(model) === undefined && model.price === undefined && model.providerKind === 'gemini'
      ? ' Its price is unknown: give it with --price.'
      : ''
  return `${name} was added.${joins}${price}`
}

/**
 * @returns what was done, in a sentence
 * @throws UserError when there is no active model of this name
 */
export async function retireModel(workspace: Workspace, name: string, reason: string): Promise<string> {
  const { database, clock } = workspace
  if (await deactivateModel(database.db, name, reason, clock.now())) {
    const retired = `${name} was retired: it is not tested any more, and its results stay. Take it back with: npx incumbent models add ${name}`
    return [retired, ...(await tickRollouts(workspace))].join('\n')
  }
  const names = (await listModels(database.db)).filter(({ isActive }) => isActive).map((model) => model.name)
  throw new UserError(`Expected an active model, got "${name}"${didYouMean(name, names)}. Active: ${names.join(', ')}.`)
}

async function again(model: Model, wanted: ModelToAdd, { config, database, clock }: Workspace): Promise<string> {
  const { db } = database
  const price = priceFrom(wanted, clock.now())
  if (price !== undefined && config.models.some(({ name, price: own }) => name === model.name && own !== undefined))
    throw new UserError(`The price of ${model.name} is in ${config.file ?? 'the configuration'}: change it there.`)
  const isBack = !model.isActive && (await activateModel(db, model.name))
  const more = wanted.tiers.filter((tier) => !(model.tiers ?? []).includes(tier))
  if (more.length > 0) await addTiers(db, model.name, more)
  if (price !== undefined) await inTransaction(db, (trx) => recordPrice(trx, model.name, price, clock.now()))
  const done = [
    ...(isBack ? ['was taken back'] : []),
    ...(more.length > 0 ? [`joins the next evaluation of ${words(more)}`] : []),
    ...(price === undefined ? [] : ['has a new price, which begins a new epoch of its results']),
  ]
  if (done.length === 0) throw new UserError(`${model.name} is in the registry already, and nothing was to be changed.`)
  return `${model.name} ${done.join(' and ')}.`
}

function modelFrom(wanted: ModelToAdd, { config, clock }: Workspace): Model {
  const { name, provider, id, tiers, contextTokens } = wanted
  const providers = Object.keys(config.providers)
  if (provider === undefined)
    throw new UserError(`${name} is new: name its provider with --provider (${providers.join(', ')}).`)
  const settings = config.providers[provider]
  if (settings === undefined) {
    throw new UserError(
      `Expected a provider of the configuration (${providers.join(', ')}), got "${provider}"${didYouMean(provider, providers)}.`,
    )
  }
  return {
    name,
    provider,
    providerKind: settings.kind,
    providerModelId: id ?? name,
    baseUrl: settings.baseUrl,
    family: undefined,
    pricingTier: undefined,
    capabilities: {},
    contextTokens,
    price: priceFrom(wanted, clock.now()),
    isActive: true,
    tiers: [...tiers],
  }
}

function priceFrom({ price: parts, priceSource }: ModelToAdd, now: Date): Price | undefined {
  if (parts === undefined) return undefined
  const [input, output] = parts.map(Number)
  const isPrice = (usd: number | undefined): usd is number => usd !== undefined && Number.isFinite(usd) && usd >= 0
  if (parts.length !== 2 || !isPrice(input) || !isPrice(output)) {
    throw new UserError(`--price: expected two amounts such as 0.0001,0.0004, got "${parts.join(',')}".`)
  }
  return {
    inputUsdPer1k: input,
    outputUsdPer1k: output,
    cachedInputUsdPer1k: undefined,
    asOf: now.toISOString().slice(0, 10),
    source: priceSource,
  }
}

function words(tiers: readonly number[]): string {
  return `${tiers.length === 1 ? 'tier' : 'tiers'} ${tiers.join(', ')}`
}
