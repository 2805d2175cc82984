import { openAlert, resolveAlert } from '../../src/database/alert-queries.ts'
import { claimDeliveries, updateClaimed } from '../../src/database/delivery-claims.ts'
import { insertDeliveries } from '../../src/database/delivery-queries.ts'
import { schedulesOf } from '../../src/scheduling/schedules.ts'
import type { Workspace } from '../../src/workflows/workspace.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/**
 * The slots of the weeks that were, their reports on Slack and by e-mail, and alerts: the last report came late on Slack, one
 * address is gone for good, a tier was missed once, and Ollama is silent.
 */
export async function exampleDeliveries(workspace: Workspace): Promise<void> {
  const { db } = workspace.database
  const cycles = await db.selectFrom('cycles').select(['id', 'started_at']).orderBy('started_at').execute()
  for (const [week, { id, started_at: sunday }] of cycles.entries()) {
    await addSlots(workspace, id, sunday, week)
    await addReports(workspace, id, new Date(sunday.getTime() + 2 * hourMs), week === cycles.length - 1)
  }
  const last = cycles.at(-1)?.started_at ?? new Date(0)
  await addAlerts(workspace, last)
}

async function addSlots({ config, database: { db } }: Workspace, cycleId: string, sunday: Date, week: number) {
  const schedules = schedulesOf(config).filter(({ stage }) => stage !== 'discover')
  const roundAt = new Date(sunday.getTime() + 1.5 * hourMs)
  for (const [index, { name, expression }] of schedules.entries()) {
    const dueAt = new Date(sunday.getTime() + index * 30 * minuteMs)
    const isMissed = week === 3 && name === 'tier-2'
    const startedAt = new Date(dueAt.getTime() + 4000)
    const tookMs = name.startsWith('tier') ? (17 + index) * minuteMs : 9000
    await db
      .insertInto('schedule_slots')
      .values({
        schedule: name,
        due_at: dueAt,
        state: isMissed ? 'failed' : 'done',
        expression,
        round_at: roundAt,
        tries: isMissed ? 2 : 1,
        claimed_by: 'example',
        claimed_at: dueAt,
        started_at: startedAt,
        finished_at: new Date(startedAt.getTime() + tookMs),
        cycle_id: cycleId,
        note: isMissed ? 'It was not done within 4 hours after the report was due.' : null,
      })
      .execute()
  }
}

async function addReports({ database: { db } }: Workspace, cycleId: string, at: Date, isLast: boolean) {
  await insertDeliveries(db, [
    { key: `report:${cycleId}:slack`, channel: 'slack', recipient: '#models', kind: 'report', createdAt: at, cycleId },
    {
      key: `report:${cycleId}:email`,
      channel: 'email',
      recipient: 'team@example.com, former@example.com',
      kind: 'report',
      createdAt: at,
      cycleId,
    },
  ])
  const claimed = async (channel: 'slack' | 'email') => {
    const keys = [`report:${cycleId}:${channel}`]
    const [delivery] = await claimDeliveries(db, { channel, now: at, holdUntil: at, limit: 1, keys })
    return delivery ?? { id: 0, tries: 0 }
  }
  const sent = { status: 'sent', nextTryAt: undefined, subject: '[simulated] What changed on Sunday' } as const
  await updateClaimed(db, await claimed('slack'), {
    ...sent,
    tries: isLast ? 3 : 1,
    sentAt: new Date(at.getTime() + (isLast ? 7 * minuteMs : 1500)),
    ...(isLast ? { lastError: 'Slack answered 503 twice.' } : {}),
  })
  await updateClaimed(db, await claimed('email'), {
    ...sent,
    tries: 1,
    sentAt: new Date(at.getTime() + 2500),
    ...(isLast
      ? { partlyRefused: [{ address: 'former@example.com', answer: '550 no such user', isFinal: true }] }
      : {}),
  })
}

async function addAlerts({ database: { db } }: Workspace, sunday: Date): Promise<void> {
  const quota = 'quota:gemini:2026-11-15'
  const base = { tier: undefined, model: undefined, evaluationId: undefined, severity: 'warning' } as const
  await openAlert(db, {
    ...base,
    kind: 'quota',
    key: quota,
    subject: 'The day of gemini is used up',
    message: 'gemini has answered all requests of the day; tier 2 goes on at 09:00.',
    raisedAt: new Date(sunday.getTime() + 20 * minuteMs),
  })
  await resolveAlert(db, quota, { at: new Date(sunday.getTime() + 9 * hourMs), message: 'A new day began.' })
  await openAlert(db, {
    ...base,
    kind: 'live',
    key: 'silent:ollama',
    subject: 'Ollama has not answered since Sunday',
    message: 'Nothing of it holds a seat; its models are left out of evaluations until it answers.',
    raisedAt: new Date(sunday.getTime() + 2 * hourMs),
  })
  // All of them are told: a service that is started on the weeks has nothing to send.
  await db.updateTable('alerts').set({ routed_at: sunday }).where('routed_at', 'is', null).execute()
}
