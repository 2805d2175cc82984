import type { ListSort } from '../../database/list-order.ts'
import {
  type ListedRun,
  listModelRuns,
  type ModelTrendRow,
  modelTrend,
  type RunColumn,
} from '../../database/model-page-queries.ts'
import { priceHistory } from '../../database/price-queries.ts'
import { latestVerdicts } from '../../database/recommendation-queries.ts'
import type { Recommendation } from '../../recommendation/recommendation.ts'
import { confidence } from '../../shared/format-number.ts'
import { didYouMean } from '../../shared/nearest-word.ts'
import { NotThere } from '../../shared/not-there.ts'
import { decisionSettingsOf, referencesOf } from '../decision-settings-of.ts'
import type { Workspace } from '../workspace.ts'
import { datedPosition, listCursor } from './list-position.ts'
import { loadModelsPage, type ModelEntry, type ModelPrice, modelPrice, tierWords } from './models.ts'

/** One model on all tiers. Times are ISO 8601; unknown is null. */
export interface ModelPage extends ModelEntry {
  /** Where it holds a seat, wants one, or why it cannot. */
  headline: string
  /** Where it stands on each tier that tested it. */
  standings: ModelStanding[]
  /** Of each tier that tested it, oldest first. */
  trends: { tier: number; tierName: string; points: TrendPoint[] }[]
  /** The newest first. */
  priceHistory: (ModelPrice & { recordedAt: string })[]
}

export interface ModelStanding extends TrendPoint {
  tier: number
  tierName: string
  /** Times that it was judged in this epoch, of so many; null: never. */
  looks: { used: number; most: number } | null
  /** `in the seat`, `challenger`, `dropped`, … */
  state: string
}

export type TrendPoint = Omit<ModelTrendRow, 'tier' | 'tierName' | 'evaluatedAt'> & { at: string }

/** @throws NotThere for a name that the registry does not know */
export async function loadModelPage(workspace: Workspace, name: string): Promise<ModelPage> {
  const { config, database } = workspace
  const { models } = await loadModelsPage(workspace)
  const entry = models.find(({ model }) => model === name)
  if (entry === undefined) throw unknownModel(name, models)
  const trends = [...Map.groupBy(await modelTrend(database.db, name), ({ tier }) => tier).values()].map(trendOf)
  const verdicts = await latestVerdicts(database.db)
  return {
    ...entry,
    headline: headlineOf(entry, verdicts),
    standings: trends.flatMap(({ tier, tierName, points }) => {
      const last = points.at(-1)
      if (last === undefined) return []
      const verdict = verdicts.find((each) => each.tier === tier)
      const owner = config.tiers.find(({ id }) => id === tier)
      const most = owner && decisionSettingsOf(owner, referencesOf(owner)).maxLooks
      return [{ ...last, tier, tierName, looks: looksOf(name, verdict, most), state: stateOf(entry, tier, last) }]
    }),
    trends,
    priceHistory: (await priceHistory(database.db, name)).map(({ recordedAt, ...price }) => ({
      ...modelPrice(price),
      recordedAt: recordedAt.toISOString(),
    })),
  }
}

function unknownModel(name: string, models: readonly ModelEntry[]): NotThere {
  const names = models.map(({ model }) => model)
  return new NotThere(`There is no model "${name}"${didYouMean(name, names) || '.'}`)
}

function trendOf(rows: readonly ModelTrendRow[]): ModelPage['trends'][number] {
  const points = rows.map(({ tier: _tier, tierName: _name, evaluatedAt, ...row }) => ({
    ...row,
    at: evaluatedAt.toISOString(),
  }))
  return { tier: rows[0]?.tier ?? 0, tierName: rows.at(-1)?.tierName ?? '', points }
}

type Verdict = Awaited<ReturnType<typeof latestVerdicts>>[number]

function looksOf(name: string, verdict: Verdict | undefined, most: number | undefined): ModelStanding['looks'] {
  const { comparisons } = (verdict?.recommendation ?? {}) as unknown as Partial<Recommendation>
  const used = comparisons?.find(({ model }) => model === name)?.look
  return used === undefined || most === undefined ? null : { used, most }
}

function stateOf({ seats, notes, state }: ModelEntry, tier: number, { role, status }: TrendPoint): string {
  if (seats.includes(tier)) return 'in the seat'
  if (state === 'retired') return 'retired'
  if (notes.some((note) => note.startsWith(`locked on tier ${tier}:`))) return 'locked'
  if (status === 'dropped' || status === 'invalid') return status
  return role === 'incumbent' ? 'held the seat' : role
}

/** What a manager would want to know of it first. */
function headlineOf(entry: ModelEntry, verdicts: readonly Verdict[]): string {
  const { model, seats, state, notes, isBaseline } = entry
  if (state === 'retired') return `${model} was ${notes[0] ?? 'retired'}.`
  const wanted = verdicts.filter(({ target, tier }) => target === model && !seats.includes(tier))
  const holds = seats.length === 0 ? [] : [`${model} holds ${tierWords(seats)}.`]
  const wants = wanted.map(({ tier, confidence: sure }) => {
    const words = sure === undefined ? '' : `; ${confidence(sure)} confident it is better`
    return `${model} wants tier ${tier}${words}.`
  })
  if (holds.length + wants.length > 0) return [...holds, ...wants].join(' ')
  if (isBaseline) return `${model} is a baseline: the floor that every model must beat.`
  if (state === 'unavailable') return `${model} cannot be asked: ${notes[0] ?? ''}.`
  return entry.lastTested === null ? `${model} was never tested.` : `${model} holds no seat.`
}

export interface RunsRequest {
  model: string
  /** Undefined: the newest first. */
  sort?: ListSort<RunColumn> | undefined
  cursor: string | undefined
  limit: number
}

/** A page of runs; `next` is null on the last. */
export interface RunsPage {
  items: RunItem[]
  next: string | null
}

export type RunItem = Omit<ListedRun, 'startedAt'> & { startedAt: string }

/**
 * The newest first, or in the order of a column.
 * @throws UserError for a cursor that was not made here
 */
export async function loadModelRuns(
  { database: { db } }: Workspace,
  { model, sort, cursor, limit }: RunsRequest,
): Promise<RunsPage> {
  const rows = await listModelRuns(db, { model, sort, after: datedPosition(cursor, sort), limit: limit + 1 })
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(({ sortedAt: _at, ...row }) => ({ ...row, startedAt: row.startedAt.toISOString() })),
    next:
      rows.length > limit && last !== undefined
        ? listCursor(sort, { at: last.sortedAt, rest: [last.startedAt.toISOString(), last.id] })
        : null,
  }
}
