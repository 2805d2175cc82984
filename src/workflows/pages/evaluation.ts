import type { Database } from '../../database/database.ts'
import { loadRecommendation, type StoredRecommendation } from '../../database/recommendation-queries.ts'
import { differenceCounts, movedSamples, sampleClasses } from '../../database/sample-queries.ts'
import { type Evaluation, type EvaluationStatus, repeatsOf, type SkippedModel } from '../../evaluation/evaluation.ts'
import type { Gate } from '../../recommendation/gates.ts'
import { inReadingOrder } from '../../recommendation/reading-order.ts'
import type { GateWords } from '../../recommendation/reasoning/gate-words.ts'
import type { Recommendation } from '../../recommendation/recommendation.ts'
import type { EvaluationReport } from '../../reporting/cycle-report.ts'
import { reportOf } from '../evaluation-report.ts'
import { gatesInWords } from '../gates-in-words.ts'
import { keepSampleResults } from '../keep-sample-results.ts'
import { theEvaluation } from '../recommend-again.ts'
import type { Workspace } from '../workspace.ts'
import { iso } from './iso.ts'
import { type Progress, progressOf } from './progress.ts'
import { type SamplePage, type SamplesPage, type SamplesRequest, sampleOf, samplesOf } from './samples.ts'

/** An evaluation as its page shows it: while it runs how far it is, then the verdict with its evidence. Unknown is null. */
export interface EvaluationPage {
  id: string
  tier: number
  tierName: string
  status: EvaluationStatus
  startedAt: string
  finishedAt: string | null
  dataset: string
  samples: number
  repeats: number
  applies: boolean
  /** The evaluation whose switch it confirms. */
  confirms: string | null
  /** Names of the models that are simulated. */
  simulated: string[]
  skipped: SkippedModel[]
  /** Null once it is decided. */
  progress: Progress | null
  /** Null until it is decided. */
  report: EvaluationReport | null
  /** The checks of the challenger that the verdict turned on. */
  checks: { model: string; gates: (Gate & GateWords)[] } | null
  /** How the samples differ between the two that were held against each other most, to half a point. */
  differences: { held: string; challenger: string; counts: { difference: number; samples: number }[] } | null
  /** The sample on which the challenger lost most. */
  lostMost: SamplePage | null
  list: SamplesPage
  /** What the samples of the dataset version are called, for the filters of the list. */
  classes: { category: string | null; complexity: string | null; samples: number }[]
}

/**
 * @param id or its beginning
 * @throws UserError when there is no such evaluation or challenger
 */
export async function loadEvaluationPage(
  workspace: Workspace,
  id: string,
  request: SamplesRequest,
): Promise<EvaluationPage> {
  const { database, clock } = workspace
  const evaluation = await theEvaluation(workspace, id)
  const stored = await loadRecommendation(database.db, evaluation.id)
  if (stored !== undefined) await keepSampleResults(database, evaluation)
  const compared = comparisonOf(stored)
  const list = await samplesOf(workspace, evaluation, request, compared?.model)
  return {
    ...headOf(evaluation),
    progress: stored === undefined ? await progressOf(evaluation, { db: database.db, now: clock.now() }) : null,
    report: stored === undefined ? null : await reportOf(database.db, evaluation, stored),
    checks:
      stored === undefined || compared === null
        ? null
        : { model: compared.model, gates: gatesInWords(stored, compared) },
    differences: await differencesOf(database, evaluation.id, list),
    lostMost: await lostMost(workspace, evaluation, list),
    list,
    classes: await sampleClasses(database.db, {
      name: evaluation.datasetName,
      version: evaluation.datasetVersion,
    }),
  }
}

function headOf(evaluation: Evaluation) {
  const { id, tier, tierName, status, startedAt, finishedAt, sampleKeys, models, applies, confirms, skipped } =
    evaluation
  return {
    id,
    tier,
    tierName,
    status,
    startedAt: startedAt.toISOString(),
    finishedAt: iso(finishedAt),
    dataset: `${evaluation.datasetName}@${evaluation.datasetVersion}`,
    samples: sampleKeys.length,
    repeats: repeatsOf(evaluation),
    applies,
    confirms: confirms ?? null,
    simulated: models.filter(({ providerKind }) => providerKind === 'simulated').map(({ name }) => name),
    skipped,
  }
}

/** Of the challenger that the verdict names, else of the one that gained most. */
function comparisonOf(stored: StoredRecommendation | undefined) {
  if (stored === undefined) return null
  return inReadingOrder(stored.recommendation as unknown as Recommendation)[0] ?? null
}

async function differencesOf({ db }: Database, evaluationId: string, { pair }: SamplesPage) {
  return pair === null ? null : { ...pair, counts: await differenceCounts(db, evaluationId, pair.challenger) }
}

async function lostMost(
  workspace: Workspace,
  evaluation: Evaluation,
  { pair }: SamplesPage,
): Promise<SamplePage | null> {
  if (pair === null) return null
  const { held, challenger } = pair
  const page = { challenger, limit: 1, onlyLost: true }
  const [lost] = await movedSamples(workspace.database.db, evaluation, page)
  return lost === undefined
    ? null
    : sampleOf(workspace, evaluation, { sample: lost.sample, models: [held, challenger] })
}
