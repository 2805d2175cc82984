import { type ExportedEvaluation, evaluationsToExport, sampleInputs } from '../database/export-queries.ts'
import { loadGoldenTargets } from '../database/golden-target-queries.ts'
import { outcomePages } from '../database/outcome-queries.ts'
import type { Outcome } from '../evaluation/outcome.ts'
import { type ExportedOutcome, exportedOutcome } from '../reporting/exported-outcome.ts'
import { theEvaluation } from './recommend-again.ts'
import type { Workspace } from './workspace.ts'

export interface ExportRequest {
  /** The beginning of its id; undefined: all evaluations. */
  evaluation: string | undefined
  tiers: readonly number[] | undefined
  models: readonly string[] | undefined
  /** Only evaluations that were started then or later. */
  since: Date | undefined
  withInputs: boolean
}

/**
 * The outcomes of evaluations, the oldest evaluation first, read page by page as they are taken.
 * @throws UserError for an evaluation that is not there
 */
export async function* exportOutcomes(workspace: Workspace, request: ExportRequest): AsyncGenerator<ExportedOutcome> {
  const { db } = workspace.database
  const { tiers, models, since } = request
  const wanted = request.evaluation === undefined ? undefined : await theEvaluation(workspace, request.evaluation)
  for (const evaluation of await evaluationsToExport(db, { evaluationId: wanted?.id, tiers, since })) {
    for await (const page of outcomePages(db, { ...evaluation, models: wantedModels(evaluation, models) })) {
      yield* await exportedPage(workspace, evaluation, page, request)
    }
  }
}

function wantedModels({ models }: ExportedEvaluation, only: readonly string[] | undefined) {
  const all = [...models].map(([name, { repeats }]) => ({ name, repeats }))
  return all.filter(({ name }) => only === undefined || only.includes(name))
}

async function exportedPage(
  { database: { db } }: Workspace,
  evaluation: ExportedEvaluation,
  page: readonly Outcome[],
  { withInputs }: ExportRequest,
): Promise<ExportedOutcome[]> {
  const sampleKeys = [...new Set(page.map(({ sampleKey }) => sampleKey))]
  const samples = {
    dataset: evaluation.datasetName,
    version: evaluation.datasetVersion,
    tier: evaluation.tier,
    sampleKeys,
  }
  const targets = await loadGoldenTargets(db, samples)
  const inputs = withInputs ? await sampleInputs(db, samples) : undefined
  return page.map((outcome) => {
    const planned = evaluation.models.get(outcome.model)
    return exportedOutcome(outcome, {
      evaluation,
      provider: planned?.provider,
      role: planned?.role,
      repeats: planned?.repeats,
      sample: targets.get(outcome.sampleKey),
      input: inputs && (inputs.get(outcome.sampleKey) ?? null),
    })
  })
}
