import { endSlot, postponeSlot, type Slot } from '../database/slot-queries.ts'
import type { Workspace } from '../workflows/workspace.ts'
import { tellOfFailure } from './slot-alerts.ts'

/** How far a slot came. */
export interface Carried {
  slot: Slot
  state: 'done' | 'failed' | 'skipped' | 'waiting'
  note: string | undefined
}

/** It goes on at a time, or with whoever takes it next. */
export async function waits(
  { database }: Workspace,
  slot: Slot,
  notBefore: Date | undefined,
  sentence: string | undefined,
): Promise<Carried> {
  const note = withSentence(slot.note, sentence)
  await postponeSlot(database.db, slot, { notBefore, note })
  return { slot, state: 'waiting', note }
}

/** Its last word; people hear of a failure. */
export async function ended(
  workspace: Workspace,
  slot: Slot,
  state: 'done' | 'failed' | 'skipped',
  sentence: string | undefined,
): Promise<Carried> {
  const note = withSentence(slot.note, sentence)
  const isLastWord = await endSlot(workspace.database.db, slot, { state, at: workspace.clock.now(), note })
  if (isLastWord && state === 'failed') await tellOfFailure(workspace, slot, sentence ?? '')
  return { slot, state, note }
}

function withSentence(note: string | undefined, sentence: string | undefined): string | undefined {
  if (sentence === undefined || note?.includes(sentence) === true) return note
  return note === undefined ? sentence : `${note} ${sentence}`
}
