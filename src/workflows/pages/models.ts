import { listAssignments } from '../../database/assignment-queries.ts'
import { createDayCounter } from '../../database/day-counter.ts'
import { lastTested } from '../../database/model-page-queries.ts'
import { modelNumbers } from '../../database/model-queries.ts'
import { createProvider } from '../../providers/create-provider.ts'
import type { Model, Price } from '../../providers/model.ts'
import { placementOf } from '../../providers/placement.ts'
import { priceOf } from '../../providers/price.ts'
import { quotaDayOf } from '../../providers/throttle/quota-day.ts'
import { lockWords } from '../../recommendation/reasoning/set-aside-text.ts'
import { counted } from '../../shared/counted.ts'
import { retirement } from '../choose-models.ts'
import { type RegisteredModel, registeredModels } from '../registered-models.ts'
import type { Workspace } from '../workspace.ts'
import { iso } from './iso.ts'

/** The registry. Times are ISO 8601; unknown is null. */
export interface ModelsPage {
  headline: string
  /** Those that hold a seat first, then those that are tested, then the rest; by name. */
  models: ModelEntry[]
}

export interface ModelEntry {
  model: string
  /** From 0, in the order of registration: its colour for life. */
  number: number
  provider: string
  providerModelId: string
  placement: 'in-process' | 'local' | 'remote'
  isBaseline: boolean
  isSimulated: boolean
  family: string | null
  pricingTier: string | null
  contextTokens: number | null
  /** Null: unknown, or nothing is paid for it. */
  price: ModelPrice | null
  /** Whether its calls have a cost, and be it 0. */
  hasPrice: boolean
  /** That ask it. */
  tiers: number[]
  /** Tiers whose seat it holds. */
  seats: number[]
  lastTested: string | null
  state: 'active' | 'unavailable' | 'retired'
  /** Why it cannot be asked, or is not compared on a tier; in sentences without a full stop. */
  notes: string[]
  /** What makes an unavailable one available. */
  remedy: string | null
}

export interface ModelPrice {
  inputUsdPer1k: number | null
  outputUsdPer1k: number | null
  cachedInputUsdPer1k: number | null
  /** Of the machine that computes it. */
  usdPerHour: number | null
  /** ISO date. */
  asOf: string
  source: string
}

export async function loadModelsPage(workspace: Workspace): Promise<ModelsPage> {
  const { db } = workspace.database
  const registry = await registeredModels(workspace)
  const seats = await listAssignments(db)
  const numbers = await modelNumbers(db)
  const tested = await lastTested(db)
  const models = registry.map((model) => ({
    ...entryOf(model, workspace),
    number: numbers.get(model.name) ?? 0,
    seats: seats.filter((seat) => seat.model === model.name).map(({ tier }) => tier),
    lastTested: iso(tested.get(model.name)),
  }))
  return { headline: headlineOf(models), models: models.toSorted(inOrder) }
}

function entryOf(model: RegisteredModel, workspace: Workspace): Omit<ModelEntry, 'number' | 'seats' | 'lastTested'> {
  const price = priceOf(model)
  const isBaseline = model.providerKind === 'rules'
  const placement = placementOf(model)
  const problem = model.isActive ? problemOf(model, workspace) : undefined
  return {
    model: model.name,
    provider: model.provider,
    providerModelId: model.providerModelId,
    placement,
    isBaseline,
    isSimulated: model.providerKind === 'simulated',
    family: model.family ?? null,
    pricingTier: model.pricingTier ?? null,
    contextTokens: model.contextTokens ?? null,
    price: price === undefined ? null : modelPrice(price),
    hasPrice: price !== undefined || isBaseline || placement === 'local',
    tiers: model.tiers,
    state: model.isActive ? (problem === undefined ? 'active' : 'unavailable') : 'retired',
    notes: [
      ...(model.isActive ? [] : [retirement(model)]),
      ...(problem === undefined ? [] : [problem.reason]),
      ...model.locked.map(({ tier, reason }) => `locked on tier ${tier}: ${lockWords[reason]}`),
    ],
    remedy: problem?.remedy ?? null,
  }
}

export function modelPrice(price: Price): ModelPrice {
  return {
    inputUsdPer1k: price.inputUsdPer1k ?? null,
    outputUsdPer1k: price.outputUsdPer1k ?? null,
    cachedInputUsdPer1k: price.cachedInputUsdPer1k ?? null,
    usdPerHour: price.usdPerHour ?? null,
    asOf: price.asOf,
    source: price.source,
  }
}

/** Why a model cannot be asked, as far as can be seen without asking its provider: no key, no address, no settings. */
export function problemOf(
  { provider, providerKind }: Model,
  { config, clock, database: { db } }: Workspace,
): { reason: string; remedy: string } | undefined {
  if (providerKind === 'rules' || providerKind === 'simulated') return undefined
  const settings = config.providers[provider]
  if (settings === undefined) {
    const remedy = `Name it under providers in incumbent.yaml, or retire the model.`
    return { reason: `the provider ${provider} is not configured`, remedy }
  }
  const created = createProvider(settings, { clock, random: () => 0, dayCounter: createDayCounter(db, quotaDayOf) })
  return created.status === 'ready' ? undefined : created
}

/** Who holds which seat, and who cannot be asked. */
function headlineOf(models: readonly ModelEntry[]): string {
  const holders = models.filter(({ seats }) => seats.length > 0)
  if (models.length === 0) return 'There is no model yet.'
  if (holders.length === 0) return `None of ${counted(models.length, 'model')} holds a seat.`
  return `${holders.map(({ model, seats }) => `${model} holds ${tierWords(seats)}`).join(', ')}.`
}

/** `tier 1`, `tiers 1 and 3` */
export function tierWords(tiers: readonly number[]): string {
  const words = new Intl.ListFormat('en-GB').format(tiers.map(String))
  return `${tiers.length === 1 ? 'tier' : 'tiers'} ${words}`
}

function inOrder(one: ModelEntry, other: ModelEntry): number {
  return rankOf(one) - rankOf(other) || one.model.localeCompare(other.model)
}

function rankOf({ seats, state, tiers, isBaseline }: ModelEntry): number {
  if (seats.length > 0) return 0
  if (state === 'retired') return 4
  if (isBaseline) return 3
  return state === 'active' && tiers.length > 0 ? 1 : 2
}
