import { deleteOldestAnswers } from '../database/answer-queries.ts'
import { counted } from '../shared/counted.ts'
import type { Workspace } from './workspace.ts'

const dayMs = 86_400_000
/** A statement a piece, with room for others between them. */
const pauseMs = 100

/**
 * Deletes answers that are older than the configuration keeps them.
 * @returns what was done, in a sentence; undefined: nothing was too old
 */
export async function deleteOldAnswers(
  { config, database, clock }: Workspace,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { answersDays } = config.retention
  if (answersDays === undefined) return undefined
  const before = new Date(clock.now().getTime() - answersDays * dayMs)
  let deleted = 0
  while (!signal.aborted && (await deleteOldestAnswers(database.db, before, clock.now())) !== undefined) {
    deleted += 1
    await clock.sleep(pauseMs, signal)
  }
  if (deleted === 0) return undefined
  return `The answers of ${counted(deleted, 'evaluation')} were deleted, as they were older than ${counted(answersDays, 'day')} (retention.answersDays). Scores and verdicts stay.`
}
