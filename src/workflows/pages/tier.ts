import type { TierConfig } from '../../config/tier-config.ts'
import { type LogColumn, listAssignmentLog } from '../../database/assignment-log-queries.ts'
import { pastVerdicts } from '../../database/history-queries.ts'
import type { ListSort } from '../../database/list-order.ts'
import { listModels } from '../../database/model-queries.ts'
import { loadRecommendation } from '../../database/recommendation-queries.ts'
import { frozenReferences } from '../../database/reference-queries.ts'
import { byName } from '../../providers/model.ts'
import { weightsInWords } from '../../recommendation/weights-in-words.ts'
import type { EvaluationReport } from '../../reporting/cycle-report.ts'
import { tierSentence } from '../../reporting/overview-sentence.ts'
import { NotThere } from '../../shared/not-there.ts'
import { decisionSettingsOf, referencesOf } from '../decision-settings-of.ts'
import { gatesInWords } from '../gates-in-words.ts'
import { obstacleTo } from '../rollout/rollback-target.ts'
import type { Workspace } from '../workspace.ts'
import { loadAllSeats } from './all-seats.ts'
import { type DriftPicture, driftPicture } from './drift-picture.ts'
import type { EvaluationPage } from './evaluation.ts'
import { listCursor, numberedPosition } from './list-position.ts'
import { type LogLine, logLine } from './log-line.ts'
import { type SeatFacts, type SeatPicture, seatFacts } from './seat-picture.ts'
import { possibleActions, type TierActionName } from './tier-actions.ts'

/** A tier with its evidence and its record. Times are ISO 8601; unknown is null. */
export interface TierPage {
  at: string
  headline: string
  seat: SeatPicture
  actions: TierActionName[]
  /** Active models that may be given the seat. */
  assignable: string[]
  weights: TierWeights
  /** As the last evaluation measured them, the better total first; baselines are none. */
  ranking: RankedModel[]
  /** What stands between the leading challenger and a switch. */
  checks: EvaluationPage['checks']
  drift: DriftPicture | null
  log: LogLine[]
  /** Cursor of the older part of the log; null: there is none. */
  next: string | null
  /** The last evaluation, as its own page tells it. */
  evaluation: EvaluationReport | null
}

export interface TierWeights {
  accuracy: number
  speed: number
  cost: number
  /** What they mean: `Half the latency is worth 15 accuracy points, half the cost 6.` */
  words: string
  /** How many times as long, and as dear, makes a difference of 50 points. */
  spanSpeed: number
  spanCost: number
  /** The tier's own formula in place of weights; null: none. */
  formula: string | null
}

export interface RankedModel {
  model: string
  role: 'incumbent' | 'challenger'
  isSimulated: boolean
  accuracy: number | null
  speed: number | null
  cost: number | null
  total: number | null
}

const linesOfLog = 20

/** Which lines of the record of the seat; without an order the newest first. */
export interface LogRequest {
  sort?: ListSort<LogColumn> | undefined
  cursor?: string | undefined
}

/** @throws NotThere for a tier that the configuration does not have, UserError for a cursor that is none */
export async function tierPage(
  workspace: Workspace,
  tier: number,
  { sort, cursor }: LogRequest = {},
): Promise<TierPage> {
  const { config, database, clock } = workspace
  const { db } = database
  const settings = tierOf(config.tiers, tier)
  const facts = await seatFacts(workspace, settings, await loadAllSeats(database))
  const { picture, seat, report } = facts
  const offset = numberedPosition(cursor, sort)?.number ?? 0
  const log = await listAssignmentLog(db, { tier, sort, offset, limit: linesOfLog + 1 })
  return {
    at: clock.now().toISOString(),
    headline: tierSentence({ ...picture, wasEvaluated: picture.verdict !== null }),
    seat: picture,
    actions: possibleActions(facts),
    assignable: await assignableModels(workspace, facts),
    weights: await weightsOf(workspace, settings),
    ranking: rankingOf(report),
    checks: report === undefined ? null : await keptChecks(workspace, report),
    drift:
      report === undefined
        ? null
        : driftPicture(report, {
            model: picture.model,
            isSimulated: picture.isSimulated,
            floor: seat?.rollbackThresholdAccuracy ?? null,
            verdicts: await pastVerdicts(db, [...new Set(report.trend.map(({ evaluation }) => evaluation))]),
          }),
    log: log.slice(0, linesOfLog).map(logLine),
    next: log.length > linesOfLog ? listCursor(sort, { at: null, rest: [offset + linesOfLog] }) : null,
    evaluation: report ?? null,
  }
}

export function tierOf(tiers: readonly TierConfig[], tier: number): TierConfig {
  const found = tiers.find(({ id }) => id === tier)
  if (found !== undefined) return found
  throw new NotThere(`Expected a tier of the configuration (${tiers.map(({ id }) => id).join(', ')}), got ${tier}.`)
}

async function assignableModels({ database }: Workspace, { picture }: SeatFacts): Promise<string[]> {
  const models = await listModels(database.db)
  const registry = byName(models)
  return models
    .map(({ name }) => name)
    .filter((name) => name !== picture.model && obstacleTo(name, picture.model ?? undefined, registry) === undefined)
}

async function weightsOf({ database }: Workspace, tier: TierConfig): Promise<TierWeights> {
  const settings = decisionSettingsOf(tier, referencesOf(tier, await frozenReferences(database.db, tier.id)))
  const { weights, spanSpeed, spanCost, formula } = settings
  return { ...weights, words: weightsInWords(settings), spanSpeed, spanCost, formula }
}

function rankingOf(report: EvaluationReport | undefined): RankedModel[] {
  return (report?.runs ?? [])
    .flatMap(({ model, role, provider, scored, scores }): RankedModel[] => {
      if (role === 'baseline' || scored === 0) return []
      return [{ model, role, isSimulated: provider === 'simulated', ...scores }]
    })
    .toSorted((one, other) => (other.total ?? -1) - (one.total ?? -1))
}

const checksOf = new WeakMap<EvaluationReport, Promise<TierPage['checks']>>()

/** Read once for a report that is kept: they are made from its large record. */
function keptChecks(workspace: Workspace, report: EvaluationReport): Promise<TierPage['checks']> {
  const checks = checksOf.get(report) ?? readChecks(workspace, report)
  checksOf.set(report, checks)
  checks.catch(() => checksOf.delete(report))
  return checks
}

async function readChecks({ database }: Workspace, report: EvaluationReport): Promise<TierPage['checks']> {
  const { comparisons, target } = report.recommendation
  const comparison = comparisons.find(({ model }) => model === target) ?? comparisons[0]
  const stored = comparison === undefined ? undefined : await loadRecommendation(database.db, report.id)
  if (stored === undefined || comparison === undefined) return null
  return { model: comparison.model, gates: gatesInWords(stored, comparison) }
}
