import { type CostDay, listCostDays, listCostWeeks } from '../../database/cost-queries.ts'
import { modelNumbers } from '../../database/model-queries.ts'
import { byName, type Model } from '../../providers/model.ts'
import { costOf } from '../../providers/price.ts'
import { type MonthStanding, monthSentence } from '../../reporting/cost-projection/month-words.ts'
import { firstDayOfProjection, projectMonth } from '../../reporting/cost-projection/project-month.ts'
import { pricedModels } from '../priced-models.ts'
import type { Workspace } from '../workspace.ts'

/** What testing and live requests cost. Amounts are US dollars at list price, days and months those of UTC. */
export interface CostsPage {
  at: string
  headline: string
  month: MonthStanding
  /** The last 16 weeks, the one that goes on last. */
  weeks: CostWeek[]
  /** Those in the weeks, in the order of registration. */
  models: CostModel[]
  /** Of this month, by tier, purpose and model. */
  rows: CostRow[]
}

interface CostWeek {
  /** Monday, an ISO date. */
  week: string
  models: { model: string; costUsd: number | null; callsOfUnknownCost: number }[]
}

interface CostModel {
  model: string
  /** From 0, in the order of registration. */
  number: number
  isSimulated: boolean
}

export interface CostRow {
  /** Null: the model was asked by its name. */
  tier: number | null
  tierName: string | null
  purpose: CostDay['purpose']
  model: string
  isSimulated: boolean
  calls: number
  requests: number
  inputTokens: number | null
  outputTokens: number | null
  costUsd: number | null
  callsOfUnknownCost: number
  hasPrice: boolean
}

const weeksShown = 16
const dayMs = 86_400_000

export async function loadCostsPage({ config, database: { db }, clock }: Workspace): Promise<CostsPage> {
  const now = clock.now()
  const registry = byName(await pricedModels(db, config))
  const spend = (await listCostDays(db, firstDayOfProjection(now))).filter(isOfModel(registry))
  const month = now.toISOString().slice(0, 7)
  const ofMonth = spend.filter(({ day }) => day.startsWith(month))
  const { soFarUsd, projectedUsd, ci95 } = projectMonth(spend, now)
  const standing: MonthStanding = {
    month,
    spentUsd: { test: spentOn(ofMonth, 'test'), live: spentOn(ofMonth, 'live'), shadow: spentOn(ofMonth, 'shadow') },
    calls: ofMonth.reduce((sum, { calls }) => sum + calls, 0),
    soFarUsd,
    projectedUsd,
    interval: ci95,
    budgetUsd: config.budget.monthUsd ?? null,
    withoutPrice: [...new Set(ofMonth.map(({ model }) => model))].filter((name) => !hasPrice(registry.get(name))),
  }
  const weeks = await weeksUntil(db, now, registry)
  return {
    at: now.toISOString(),
    headline: monthSentence(standing),
    month: standing,
    weeks,
    models: await modelsOf(db, weeks, registry),
    rows: rowsOf(ofMonth, registry, new Map(config.tiers.map(({ id, name }) => [id, name]))),
  }
}

/** Baselines cost nothing and are no choice. */
function isOfModel(registry: ReadonlyMap<string, Model>) {
  return ({ model }: { model: string }) => registry.get(model)?.providerKind !== 'rules'
}

function spentOn(days: readonly CostDay[], purpose: CostDay['purpose']): number | null {
  return costSum(days.filter((day) => day.purpose === purpose))
}

/** Null: there are calls, and no cost of them is known. */
function costSum(days: readonly Pick<CostDay, 'costUsd'>[]): number | null {
  const known = days.flatMap(({ costUsd }) => costUsd ?? [])
  return days.length > 0 && known.length === 0 ? null : known.reduce((sum, usd) => sum + usd, 0)
}

/** A call of which everything is known costs something, or nothing. */
function hasPrice(model: Model | undefined): boolean {
  if (model === undefined) return false
  const usage = { inputTokens: 1, outputTokens: 1, reasoningTokens: undefined, cachedInputTokens: undefined }
  return costOf(model, usage, { ms: 1, sharedBy: 1 }) !== undefined
}

async function weeksUntil(
  db: Workspace['database']['db'],
  now: Date,
  registry: ReadonlyMap<string, Model>,
): Promise<CostWeek[]> {
  const mondays = lastMondays(now, weeksShown)
  const spent = (await listCostWeeks(db, mondays[0] ?? '')).filter(isOfModel(registry))
  const first = spent[0]?.week
  return mondays
    .filter((week) => first !== undefined && week >= first)
    .map((week) => ({
      week,
      models: spent
        .filter((row) => row.week === week)
        .map(({ model, costUsd, callsOfUnknownCost }) => ({ model, costUsd, callsOfUnknownCost })),
    }))
}

/** In order of time, as ISO dates. */
function lastMondays(now: Date, weeks: number): string[] {
  const today = Math.floor(now.getTime() / dayMs)
  // The first day of 1970 was a Thursday.
  const monday = today - ((today + 3) % 7)
  return Array.from({ length: weeks }, (_, index) => {
    return new Date((monday - 7 * (weeks - 1 - index)) * dayMs).toISOString().slice(0, 10)
  })
}

async function modelsOf(
  db: Workspace['database']['db'],
  weeks: readonly CostWeek[],
  registry: ReadonlyMap<string, Model>,
): Promise<CostModel[]> {
  const numbers = await modelNumbers(db)
  const names = new Set(weeks.flatMap(({ models }) => models.map(({ model }) => model)))
  return [...names]
    .map((model) => ({
      model,
      number: numbers.get(model) ?? 0,
      isSimulated: registry.get(model)?.providerKind === 'simulated',
    }))
    .toSorted((one, other) => one.number - other.number)
}

const purposes: CostDay['purpose'][] = ['live', 'shadow', 'test']

function rowsOf(
  days: readonly CostDay[],
  registry: ReadonlyMap<string, Model>,
  tierNames: ReadonlyMap<number, string>,
): CostRow[] {
  const groups = Map.groupBy(days, ({ tier, purpose, model }) => JSON.stringify([tier, purpose, model]))
  const rows = [...groups.values()].flatMap((own): CostRow[] => {
    const [first] = own
    if (first === undefined) return []
    const { tier, purpose, model } = first
    return [
      {
        tier,
        tierName: tier === null ? null : (tierNames.get(tier) ?? null),
        purpose,
        model,
        isSimulated: registry.get(model)?.providerKind === 'simulated',
        calls: sumOf(own, 'calls') ?? 0,
        requests: sumOf(own, 'requests') ?? 0,
        inputTokens: sumOf(own, 'inputTokens'),
        outputTokens: sumOf(own, 'outputTokens'),
        costUsd: costSum(own),
        callsOfUnknownCost: sumOf(own, 'callsOfUnknownCost') ?? 0,
        hasPrice: hasPrice(registry.get(model)),
      },
    ]
  })
  return rows.toSorted(
    (one, other) =>
      (one.tier ?? Number.POSITIVE_INFINITY) - (other.tier ?? Number.POSITIVE_INFINITY) ||
      purposes.indexOf(one.purpose) - purposes.indexOf(other.purpose) ||
      (other.costUsd ?? 0) - (one.costUsd ?? 0) ||
      one.model.localeCompare(other.model),
  )
}

type Counted = 'calls' | 'requests' | 'inputTokens' | 'outputTokens' | 'callsOfUnknownCost'

/** Null: known of none. */
function sumOf(days: readonly CostDay[], key: Counted): number | null {
  const known = days.flatMap((day) => day[key] ?? [])
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
}
