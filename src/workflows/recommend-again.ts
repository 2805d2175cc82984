import type { Analysis } from '../analysis/analysis.ts'
import { findEvaluations, listEvaluations } from '../database/evaluation-queries.ts'
import { loadOutcomes } from '../database/outcome-queries.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { Recommendation } from '../recommendation/recommendation.ts'
import { NotThere } from '../shared/not-there.ts'
import { UserError } from '../shared/user-error.ts'
import { decideEvaluation } from './decide-evaluation.ts'
import { loadHistory } from './history.ts'
import { judgeConfirmation } from './rollout/judge-confirmation.ts'
import type { VerdictInput } from './verdict-input.ts'
import type { Workspace } from './workspace.ts'

export interface Verdict {
  evaluation: string
  tier: number
  /** What it rests on beside the outcomes: which evaluations are pooled, the looks, who was not judged. */
  input: VerdictInput
  analysis: Analysis
  recommendation: Recommendation
  reasoning: string
}

/**
 * Decides again from what is stored, with the settings of the time; changes nothing.
 * @param wanted one evaluation by the beginning of its id, or the newest of each of these tiers (undefined: of all)
 */
export async function recommendAgain(
  workspace: Workspace,
  wanted: { evaluation: string | undefined; tiers: readonly number[] | undefined },
): Promise<Verdict[]> {
  const evaluations =
    wanted.evaluation === undefined
      ? await newestOf(workspace, wanted.tiers ?? workspace.config.tiers.map(({ id }) => id))
      : [await theEvaluation(workspace, wanted.evaluation)]
  const verdicts: Verdict[] = []
  for (const evaluation of evaluations) {
    const outcomes = await loadOutcomes(workspace.database.db, evaluation.id)
    const history = await loadHistory(workspace.database.db, evaluation)
    const decided = decideEvaluation(evaluation, outcomes, history)
    const { input, analysis, recommendation } = decided
    const { id, tier, confirms } = evaluation
    const reasoning = confirms === undefined ? decided.reasoning : judgeConfirmation(evaluation, decided).words
    verdicts.push({ evaluation: id, tier, input, analysis, recommendation, reasoning })
  }
  return verdicts
}

/**
 * The evaluation that a person means by the beginning of its id.
 * @throws UserError when there is none or more than one
 */
export async function theEvaluation({ database }: Workspace, idStart: string): Promise<Evaluation> {
  const found = await findEvaluations(database.db, idStart)
  const [evaluation] = found
  if (evaluation === undefined)
    throw new NotThere(`There is no evaluation ${idStart}. ${await newestWords(database.db)}`)
  if (found.length > 1)
    throw new UserError(`"${idStart}" is the beginning of ${found.length} evaluations; give more of it.`)
  return evaluation
}

async function newestWords(db: Workspace['database']['db']): Promise<string> {
  const newest = await listEvaluations(db, { limit: 5 })
  if (newest.length === 0) return 'Nothing was evaluated yet: npx incumbent run'
  const words = newest.map(
    ({ id, tier, startedAt }) => `${id.slice(0, 8)} (tier ${tier}, ${startedAt.toISOString().slice(0, 10)})`,
  )
  return `The newest: ${words.join(', ')}.`
}

async function newestOf({ database }: Workspace, tiers: readonly number[]): Promise<Evaluation[]> {
  const newest: Evaluation[] = []
  for (const tier of tiers)
    newest.push(...(await listEvaluations(database.db, { tier, status: 'completed', limit: 1 })))
  if (newest.length > 0) return newest
  throw new UserError('Nothing was evaluated yet: npx incumbent run')
}
