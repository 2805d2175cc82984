import { unfinishedSlots } from '../../database/slot-queries.ts'
import { carrySlot } from '../../scheduling/carry-slot.ts'
import { nextMoves } from '../../scheduling/next-moves.ts'
import { noteDueSlots } from '../../scheduling/note-due-slots.ts'
import { waitMsOf } from '../../scheduling/stage.ts'
import type { CycleListener } from '../../workflows/cycle-listener.ts'
import type { Workspace } from '../../workflows/workspace.ts'

const by = 'incumbent demo'

/** What the scheduler of the service does at a tick, one slot after the other and without its queue. */
export async function carryDueSlots(workspace: Workspace, listener: CycleListener, signal: AbortSignal): Promise<void> {
  const { config, database, clock } = workspace
  await noteDueSlots(workspace, by)
  for (;;) {
    const { start } = nextMoves(await unfinishedSlots(database.db), clock.now(), waitMsOf(config.schedule))
    const [slot] = start
    if (slot === undefined) return
    const carried = await carrySlot({ workspace, by, listener, signal, key: slot, isLastTry: true })
    signal.throwIfAborted()
    if (carried?.state !== 'done') throw new Error(`The slot of ${slot.schedule} was not done: ${carried?.note}`)
  }
}
