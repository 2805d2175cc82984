import type { Workspace } from '../workflows/workspace.ts'
import { createScheduler, type SchedulerOptions } from './create-scheduler.ts'
import { loggedCycles } from './logged-cycles.ts'
import type { ScheduleLog } from './schedule-log.ts'

export interface RunScheduleOptions extends Pick<SchedulerOptions, 'onCarried'> {
  log: ScheduleLog
  /** When to look: a cron expression of node-cron, six fields for seconds. */
  ticks?: string
}

/** What is being carried gets so long to be handed back; its calls are given up at once. */
const graceMs = 15_000

/**
 * Runs the schedule in this process until it is stopped. Nothing depends on a tick coming at its minute, or once: what is due
 * is found by the times since the last slot that is written down, so that one tick a minute is enough, a late one catches up,
 * and a doubled one finds nothing.
 */
export async function runSchedule(
  workspace: Workspace,
  { log, onCarried, ticks = '* * * * *' }: RunScheduleOptions,
): Promise<{ stop(): Promise<void> }> {
  const { database } = workspace
  const scheduler = createScheduler({
    workspace,
    log,
    listener: loggedCycles(log),
    openQueue: async (carry) => {
      const { openSlotQueue } = await import('./slot-queue.ts')
      return openSlotQueue({
        connection: await database.queueConnection(),
        isAlone: database.kind === 'embedded',
        carry,
        onError: (error) => log('queue of the schedule', { message: error.message }, 'warn'),
      })
    },
    ...(onCarried === undefined ? {} : { onCarried }),
  })
  const { schedule } = await import('node-cron')
  const task = schedule(ticks, () => scheduler.look(), { noOverlap: true, suppressMissedWarning: true })
  // What was missed while nobody was there; the service does not wait for it.
  void scheduler.look()
  return {
    async stop() {
      await task.destroy()
      await scheduler.stop(graceMs)
    },
  }
}
