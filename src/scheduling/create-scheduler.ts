import { hostname } from 'node:os'
import { type SlotKey, unfinishedSlots } from '../database/slot-queries.ts'
import type { CycleListener } from '../workflows/cycle-listener.ts'
import type { Workspace } from '../workflows/workspace.ts'
import { nextMoves } from './next-moves.ts'
import { noteDueSlots } from './note-due-slots.ts'
import type { ScheduleLog } from './schedule-log.ts'
import { createTrouble } from './schedule-trouble.ts'
import { tellOfOverlap } from './slot-alerts.ts'
import { type Carried, ended } from './slot-end.ts'
import type { SlotQueue } from './slot-queue.ts'
import { cycleOf, waitMsOf } from './stage.ts'

export interface SchedulerOptions {
  workspace: Workspace
  log: ScheduleLog
  listener: CycleListener
  /** Opens what hands out slots, at the first one: until then nothing runs but a look each minute. */
  openQueue: (carry: (key: SlotKey, isLastTry: boolean) => Promise<void>) => Promise<SlotQueue>
  /** Hears of slots as they end or wait: for figures. */
  onCarried?: (carried: Carried) => void
}

export interface Scheduler {
  /** Looks what is due and sees to it. Any number of processes may look at any time. */
  look(): Promise<void>
  /** Takes no more, hands back what is under way, and waits for it, at most `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>
}

/** The schedule of a service without what makes it tick. */
export function createScheduler({ workspace, log, listener, openQueue, onCarried }: SchedulerOptions): Scheduler {
  const { database, clock, config } = workspace
  const by = `process ${process.pid} on host ${hostname()}`
  const stopping = new AbortController()
  const trouble = createTrouble(workspace, log)
  let queue: Promise<SlotQueue> | undefined
  let looking: Promise<void> | undefined

  async function carry(key: SlotKey, isLastTry: boolean): Promise<void> {
    if (stopping.signal.aborted) return
    const fields = { schedule: key.schedule, dueAt: key.dueAt.toISOString() }
    try {
      // All that evaluates and reports: a service does without it but for some hours a week.
      const { carrySlot } = await import('./carry-slot.ts')
      const carried = await carrySlot({ workspace, by, listener, signal: stopping.signal, key, isLastTry })
      if (carried === undefined) return
      tell(carried)
    } catch (error) {
      log('slot is tried again', { ...fields, message: (error as Error).message }, 'warn')
      throw error
    }
    // What waited for this one may begin. Not awaited: the slot is done, whatever comes of it.
    void look()
  }

  function tell(carried: Carried): void {
    const { state, note, slot } = carried
    const { schedule, dueAt, roundAt } = slot
    const cycle = roundAt === undefined ? undefined : cycleOf(roundAt)
    log(`slot ${state}`, { schedule, dueAt: dueAt.toISOString(), cycle, note }, state === 'failed' ? 'error' : 'info')
    onCarried?.(carried)
  }

  async function lookNow(): Promise<void> {
    const { claimed, absence } = await noteDueSlots(workspace, by)
    if (absence !== undefined) {
      const { since, until } = absence
      log('no service was there', { since: since.toISOString(), until: until.toISOString() }, 'warn')
    }
    for (const { schedule, dueAt } of claimed) log('slot due', { schedule, dueAt: dueAt.toISOString() })
    const slots = await unfinishedSlots(database.db)
    const { start, end, overlapping } = nextMoves(slots, clock.now(), waitMsOf(config.schedule))
    for (const { slot, state, note } of end) tell(await ended(workspace, slot, state, note))
    await tellOfOverlap(workspace, overlapping)
    if (start.length === 0 || stopping.signal.aborted) return
    queue ??= openQueue(carry)
    const opened = await queue.catch((error: unknown) => {
      queue = undefined
      throw error
    })
    for (const slot of start) await opened.send(slot)
  }

  function look(): Promise<void> {
    if (stopping.signal.aborted) return Promise.resolve()
    looking ??= lookNow()
      .then(
        () => trouble.isOver(),
        (error: unknown) => trouble.notice(error),
      )
      .finally(() => {
        looking = undefined
      })
    return looking
  }

  return {
    look,
    async stop(timeoutMs) {
      stopping.abort(new Error('The service is being stopped.'))
      await looking
      const opened = await queue?.catch(() => undefined)
      await opened?.stop(timeoutMs)
    },
  }
}
