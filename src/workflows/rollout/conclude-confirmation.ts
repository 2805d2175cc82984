import type { Transaction } from 'kysely'
import { inTransaction } from '../../database/in-transaction.ts'
import { addFollowed } from '../../database/recommendation-queries.ts'
import type { Tables } from '../../database/tables.ts'
import type { Evaluation } from '../../evaluation/evaluation.ts'
import { newId } from '../../shared/new-id.ts'
import type { Decided } from '../decide-evaluation.ts'
import { storeVerdict } from '../store-verdict.ts'
import type { Workspace } from '../workspace.ts'
import { epochOfPair } from './epoch-of-pair.ts'
import { type JudgedConfirmation, judgeConfirmation } from './judge-confirmation.ts'
import { lockTier } from './lock-tier.ts'
import { moveRollout } from './move-rollout.ts'

/**
 * Stores what a re-run says and, where it confirms the switch, lets the rollout go on by it: all of it or nothing.
 * @param decided the re-run decided on its own answers
 */
export async function concludeConfirmation(
  { database, clock }: Workspace,
  evaluation: Evaluation,
  decided: Decided,
): Promise<void> {
  const { confirms = '', tier } = evaluation
  const now = clock.now()
  const judged = judgeConfirmation(evaluation, decided)
  const { words } = judged
  await inTransaction(database.db, async (trx) => {
    await lockTier(trx, tier)
    await storeVerdict(trx, evaluation, { ...decided, reasoning: words }, { id: newId(), now })
    const followed = judged.isConfirmed ? await goOn(trx, evaluation, judged, now) : []
    await addFollowed(trx, confirms, [words, ...followed])
  })
}

/** A later verdict, or a person, may have changed what there was to confirm. */
async function goOn(
  trx: Transaction<Tables>,
  evaluation: Evaluation,
  { target, liveRequests }: JudgedConfirmation,
  now: Date,
): Promise<string[]> {
  const { confirms = '', tier } = evaluation
  const { open } = await lockTier(trx, tier)
  if (open?.evaluationId !== confirms || open.challenger !== target) {
    return [`Nothing follows from it: the rollout of ${target} is not on its way any more.`]
  }
  const epoch = await epochOfPair(trx, evaluation, [open.incumbent, target])
  const event = { kind: 'confirmed', evaluationId: evaluation.id, epoch, liveRequests } as const
  const result = await moveRollout(trx, open, event, now)
  return [result.status === 'moved' ? result.sentence : result.reason]
}
