import { addFollowed } from '../database/recommendation-queries.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { Connections } from './connect-providers.ts'
import type { CycleListener } from './cycle-listener.ts'
import { continueEvaluation, type PreparedEvaluation } from './prepare-evaluation.ts'
import { failOverRetired } from './rollout/fail-over.ts'
import { runEvaluation } from './run-evaluation.ts'
import type { Workspace } from './workspace.ts'

/** Runs and decides an evaluation, and the one that has to confirm its verdict, where one has. */
export async function carryEvaluation(
  workspace: Workspace,
  prepared: PreparedEvaluation,
  connections: Connections,
  listener: CycleListener,
  signal: AbortSignal,
): Promise<void> {
  const { evaluation } = prepared
  const { outcomes, history } = await runEvaluation(prepared, connections, workspace, listener, signal)
  // Loaded while calls wait for their answers: see loadWhatFollows.
  const { decideEvaluation } = await import('./decide-evaluation.ts')
  const { keepSampleResults } = await import('./keep-sample-results.ts')
  const decided = decideEvaluation(evaluation, outcomes, history)
  if (evaluation.confirms !== undefined) {
    const { concludeConfirmation } = await import('./rollout/conclude-confirmation.ts')
    await concludeConfirmation(workspace, evaluation, decided)
    await keepSampleResults(workspace.database, evaluation)
    return listener.finished()
  }
  const { saveDecision } = await import('./save-decision.ts')
  const confirmation = await saveDecision(workspace, evaluation, decided)
  // After the verdict, which is the latest evidence on who should take over from a holder that its provider gave up.
  const replaced = evaluation.applies ? await failOverRetired(workspace, [evaluation.tier]) : []
  await addFollowed(workspace.database.db, evaluation.id, replaced)
  await keepSampleResults(workspace.database, evaluation)
  listener.finished()
  if (confirmation === undefined) return
  listener.note(announcement(confirmation))
  const again = continueEvaluation(prepared, confirmation, prepared.models, workspace.config)
  if (prepared.waitsForQuota === true) again.waitsForQuota = true
  await carryEvaluation(workspace, again, connections, listener, signal)
}

function announcement({ tier, models, incumbent }: Evaluation): string {
  const target = models.find(({ name }) => name !== incumbent)?.name
  return `${target} is better than ${incumbent}. Tier ${tier} has too little live traffic to try it on, so both are asked everything once more.`
}
