import * as z from 'zod'
import { alertKinds } from '../../../database/alert-queries.ts'
import { deliveryChannels } from '../../../database/delivery-queries.ts'
import { count, evaluationId, model, tier, time } from './quantities.ts'

export const deliverySchema = z
  .object({
    id: z.int(),
    channel: z.enum(deliveryChannels),
    recipient: z.string(),
    kind: z.enum(['report', 'alert', 'reminder', 'recovery', 'trial']),
    status: z.enum(['waiting', 'sending', 'sent', 'failed']).describe('failed: given up.'),
    tries: count,
    cycle: z.uuid().nullable().describe('Whose report it is. Null: it is none.'),
    alert: z.int().nullable().describe('Which alert it tells of. Null: of none.'),
    subject: z.string().nullable().describe('Null: it was not rendered yet.'),
    nextTryAt: time.nullable().describe('Null: there is none.'),
    lastError: z.string().nullable().describe('Null: no try has failed.'),
    refused: z.array(z.string()).describe('Addresses that the mail server refused.'),
    createdAt: time,
    sentAt: time.nullable().describe('Null: it was not sent.'),
  })
  .meta({ id: 'Delivery', title: 'Delivery', description: 'A message to people.' })

const schedule = z.string().meta({ description: 'tier-1 and the like, report, send, discover.', examples: ['tier-1'] })
const upcoming = z.object({ schedule, dueAt: time, words: z.string() })

const slot = z
  .object({
    schedule,
    state: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
    tries: count,
    dueAt: time,
    startedAt: time.nullable().describe('Null: it has not started.'),
    finishedAt: time.nullable().describe('Null: it has not finished.'),
    notBefore: time.nullable().describe('When it is tried again. Null: at once, or not again.'),
    cycle: z.uuid().nullable().describe('Null: it belongs to none.'),
    note: z.string().nullable(),
  })
  .meta({ id: 'Slot', title: 'Slot', description: 'What was due at a time.' })

export const slotsSchema = z.object({
  timeZone: z.string().meta({ description: 'Of the schedule.', examples: ['Europe/Vienna'] }),
  upcoming: z.array(upcoming),
  slots: z.array(slot).describe('The newest first. For older ones ask `before` the `dueAt` of the last.'),
})

export const alertSchema = z
  .object({
    id: z.int(),
    kind: z.enum(alertKinds),
    severity: z.enum(['info', 'warning', 'critical']),
    subject: z.string(),
    message: z.string(),
    tier: tier.nullable().describe('Null: it is about no tier.'),
    model: model.nullable().describe('Null: it is about no model.'),
    evaluation: evaluationId.nullable().describe('Null: it is about none.'),
    at: time,
    isOpen: z.boolean(),
    resolvedAt: time.nullable().describe('Null: it is not over, or needs no end.'),
    resolution: z.string().nullable().describe('How it came to its end. Null: it is not over.'),
  })
  .meta({ id: 'Alert', title: 'Alert', description: 'What people should know of.' })
