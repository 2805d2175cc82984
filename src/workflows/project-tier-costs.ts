import { listAssignments } from '../database/assignment-queries.ts'
import { firstRequestSince, liveTokens, measuredUse } from '../database/call-use-queries.ts'
import { countRequests } from '../database/observation-queries.ts'
import type { Model, Price } from '../providers/model.ts'
import { costOf, priceOf } from '../providers/price.ts'
import type { CallUse, CostProjection, ModelFacts, PriceFrom } from '../reporting/cost-projection/cost-projection.ts'
import type { PriceChange } from '../reporting/cost-projection/price-change.ts'
import { projectCosts } from '../reporting/cost-projection/project-costs.ts'
import { didYouMean } from '../shared/nearest-word.ts'
import { UserError } from '../shared/user-error.ts'
import { pricedModels } from './priced-models.ts'
import { tiersOf } from './registered-models.ts'
import type { Workspace } from './workspace.ts'

export interface CostRequest {
  tiers: readonly number[]
  /** Undefined: as many as lately. */
  requestsPerDay: number | undefined
  growthPerMonth: number
  /** Undefined: as measured. */
  tokens: { input: number; output: number } | undefined
  priceChanges: readonly PriceChange[]
  /** Undefined: what the configuration allows a month. */
  budgetUsdPerMonth: number | undefined
}

const dayMs = 86_400_000
const lately = 7 * dayMs
/** With fewer their mean is left to chance. */
const fewestLiveAnswers = 100

/**
 * What the requests of each tier cost with its models.
 * @throws UserError where nobody says how many requests there are, and for the price of a model that is not known
 */
export async function projectTierCosts(workspace: Workspace, request: CostRequest): Promise<CostProjection[]> {
  const { config, database, clock } = workspace
  const registry = await pricedModels(database.db, config)
  refuseUnknown(request.priceChanges, registry)
  const projections: CostProjection[] = []
  for (const { id, name } of config.tiers.filter((tier) => request.tiers.includes(tier.id))) {
    projections.push(
      projectCosts({
        tier: id,
        tierName: name,
        from: clock.now().toISOString().slice(0, 10),
        requestsPerDay: request.requestsPerDay ?? (await requestsOrRefuse(workspace, id)),
        growthPerMonth: request.growthPerMonth,
        tokens: request.tokens,
        budgetUsdPerMonth: request.budgetUsdPerMonth ?? config.budget.monthUsd,
        models: await factsOf(workspace, id, registry, request.priceChanges),
      }),
    )
  }
  return projections
}

function refuseUnknown(changes: readonly PriceChange[], registry: readonly Model[]): void {
  const names = registry.map(({ name }) => name)
  for (const { model } of changes) {
    if (!names.includes(model))
      throw new UserError(`Expected a model of the registry, got "${model}"${didYouMean(model, names)}.`)
  }
}

async function requestsOrRefuse(workspace: Workspace, tier: number): Promise<number> {
  const requests = await requestsLately(workspace, tier)
  if (requests !== undefined) return requests
  throw new UserError(
    `Tier ${tier} had no live request in the last 7 days: say how many to expect, such as --per-day 5000.`,
  )
}

/** Live requests a day in the last days, or in the time since the first of these days; undefined: there were none. */
export async function requestsLately(
  { database: { db }, clock }: Workspace,
  tier: number,
): Promise<number | undefined> {
  const now = clock.now()
  const since = new Date(now.getTime() - lately)
  const requests = await countRequests(db, tier, since)
  if (requests === 0) return undefined
  const first = (await firstRequestSince(db, tier, since)) ?? now
  return requests / Math.max(1, (now.getTime() - first.getTime()) / dayMs)
}

async function factsOf(
  { config, database: { db }, clock }: Workspace,
  tier: number,
  registry: readonly Model[],
  changes: readonly PriceChange[],
): Promise<ModelFacts[]> {
  const seat = (await listAssignments(db)).find((one) => one.tier === tier)?.model
  const models = registry.filter((model) => model.name === seat || isCandidate(model, tier, config))
  const names = models.map(({ name }) => name)
  const measured = Map.groupBy(await measuredUse(db, tier, names), ({ model }) => model)
  const since = new Date(clock.now().getTime() - lately)
  const live = await liveTokens(db, { tier, models: names, since })
  return models.map((model) => {
    const rows = measured.get(model.name) ?? []
    const [first] = rows
    return {
      model: model.name,
      holdsSeat: model.name === seat,
      isSimulated: model.providerKind === 'simulated',
      isOnFreePlan: model.pricingTier === 'free',
      prices: pricesOf(model, changes, clock.now()),
      use: rows.map((row) => useOf(row, config.providers[model.provider]?.concurrency ?? 1)),
      measured: first && {
        evaluation: first.evaluationId,
        dataset: first.dataset,
        on: first.startedAt.toISOString().slice(0, 10),
      },
      live: live.find(({ model: one, answers }) => one === model.name && answers >= fewestLiveAnswers),
    }
  })
}

/** A baseline never holds a seat. */
function isCandidate(model: Model, tier: number, config: Workspace['config']): boolean {
  return model.isActive && model.providerKind !== 'rules' && tiersOf(model, config).includes(tier)
}

/** The calls of an evaluation to one provider share its machine. */
function useOf(row: Awaited<ReturnType<typeof measuredUse>>[number], concurrency: number): CallUse {
  return {
    sample: row.sampleKey,
    inputTokens: row.inputTokens ?? undefined,
    cachedInputTokens: row.cachedInputTokens ?? undefined,
    outputTokens: row.outputTokens ?? undefined,
    machineMs: row.latencyMs / concurrency,
  }
}

function pricesOf(model: Model, changes: readonly PriceChange[], now: Date): PriceFrom[] {
  const today = now.toISOString().slice(0, 10)
  const later = changes
    .filter((change) => change.model === model.name)
    .map(({ from = today, inputUsdPer1k, outputUsdPer1k }) => {
      const figures = { inputUsdPer1k, outputUsdPer1k, cachedInputUsdPer1k: undefined }
      return { from, model: { ...model, price: { ...figures, asOf: from, source: 'assumed' } } }
    })
    .toSorted((a, b) => a.from.localeCompare(b.from))
  return [{ from: '', model }, ...later].map(({ from, model: priced }) => ({
    from,
    price: shownPrice(priceOf(priced)),
    costOf: (use) => costOfUse(priced, use),
  }))
}

function shownPrice(price: Price | undefined): PriceFrom['price'] {
  if (price === undefined) return undefined
  const { inputUsdPer1k, outputUsdPer1k, usdPerHour, asOf, source } = price
  return { inputUsdPer1k, outputUsdPer1k, ...(usdPerHour === undefined ? {} : { usdPerHour }), asOf, source }
}

function costOfUse(model: Model, { machineMs, ...tokens }: CallUse): number | undefined {
  const computing = machineMs === undefined ? undefined : { ms: machineMs, sharedBy: 1 }
  return costOf(model, { ...tokens, reasoningTokens: undefined }, computing)
}
