import { PgBoss } from 'pg-boss'
import type { QueueConnection } from '../database/database.ts'
import type { SlotKey } from '../database/slot-queries.ts'
import { WorkFailed } from '../shared/work-failed.ts'

/** Hands out the slots that may be carried now, to any of the processes on one database. */
export interface SlotQueue {
  /** Nothing happens while the slot waits or is carried already. */
  send(key: SlotKey): Promise<void>
  /** Takes no more and waits for what is carried, at most `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>
}

export interface SlotQueueOptions {
  connection: QueueConnection
  /** True where no other process can be on the database: then what an earlier one had taken is free at once. */
  isAlone: boolean
  /** A rejection is tried again, later and later. @param isLastTry whether this was all */
  carry: (key: SlotKey, isLastTry: boolean) => Promise<void>
  /** Hears of troubles with the database, of each once until it works again; pg-boss goes on by itself. */
  onError: (error: Error) => void
}

const name = 'schedule-slots'
/** Tiers come one after the other; what is left may run beside them. */
const atATime = 3

/**
 * pg-boss on the same database. What is due and what is done stands in `schedule_slots`; a job is only the errand, and may be
 * lost or come twice without harm.
 */
export async function openSlotQueue({ connection, isAlone, carry, onError }: SlotQueueOptions): Promise<SlotQueue> {
  const boss = new PgBoss({ ...connection, schedule: false, superviseIntervalSeconds: 15, monitorIntervalSeconds: 15 })
  let told: string | undefined
  boss.on('error', ({ message }) => {
    // Each of its workers says it, every few seconds.
    const reason = message.replace(/ \(Queue: .*\)$/, '')
    if (reason !== told) onError(new Error(reason))
    told = reason
  })
  await boss.start().catch((error: Error) => {
    throw new WorkFailed(`The queue in the schema pgboss could not be opened: ${error.message} (docs/schedule.md).`, {
      cause: error,
    })
  })
  await boss.createQueue(name, {
    policy: 'exclusive',
    retryLimit: 6,
    retryDelay: 60,
    retryBackoff: true,
    // Without its heartbeat a job goes to another process; the time limit is only the longest that pg-boss knows.
    heartbeatSeconds: 20,
    expireInSeconds: 24 * 3600,
    deleteAfterSeconds: 24 * 3600,
  })
  if (isAlone) await boss.deleteAllJobs(name)
  const options = { includeMetadata: true, localConcurrency: atATime, pollingIntervalSeconds: 5 } as const
  const worker = await boss.work<JobData, void, typeof options>(name, options, async ([job]) => {
    if (job === undefined) return
    told = undefined
    const { schedule, dueAt } = job.data
    await carry({ schedule, dueAt: new Date(dueAt) }, job.retryCount >= job.retryLimit)
  })
  return {
    async send({ schedule, dueAt }) {
      const data: JobData = { schedule, dueAt: dueAt.toISOString() }
      const id = await boss.send(name, data, { singletonKey: `${schedule} ${data.dueAt}` })
      if (id !== null) boss.notifyWorker(worker)
    },
    async stop(timeoutMs) {
      await boss.stop({ graceful: true, timeout: timeoutMs })
    },
  }
}

interface JobData {
  schedule: string
  /** ISO 8601. */
  dueAt: string
}
