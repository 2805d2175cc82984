import * as z from 'zod'
import { model, share, time } from './quantities.ts'

export const rolloutPolicy = z
  .enum(['auto', 'approve', 'recommend-only'])
  .describe('How a better model comes to the seat: by itself, when a person agrees, or only when a person starts it.')

export const rolloutKind = z.enum(['challenge', 'ab']).describe('ab: an A/B test, which never takes the seat.')

export const rolloutStage = z.enum([
  'proposed',
  'shadow',
  'partial',
  'paused',
  'incident',
  'full',
  'rolled-back',
  'rejected',
  'superseded',
  'finished',
])

const guard = z.object({
  name: z.string(),
  seen: share.nullable().describe('Share of requests, 0 to 1. Null: nothing was seen yet.'),
  bound: share.nullable().describe('Upper bound of the share, 95 %. Null: nothing was seen yet.'),
  limit: z.number().describe('Share, 0 to 1.'),
  hasAlarm: z.boolean(),
})

const stage = z.object({
  name: z.string(),
  state: z.enum(['done', 'now', 'ahead', 'stopped']),
  progress: share.describe('How far it is, 0 to 1.'),
  seen: z.string().describe('What was seen in it, for people.'),
  needs: z.string().describe('What it needs, for people.'),
})

/** The way of a challenger to the seat. */
export const rolloutSchema = z
  .object({
    id: z.uuid(),
    kind: rolloutKind,
    stage: rolloutStage,
    incumbent: model,
    challenger: model,
    share: share.nullable().describe('Of the requests, to the challenger, 0 to 1. Null: not in this stage.'),
    since: time,
    sentence: z.string().describe('Where it stands, for people.'),
    progress: z.string().nullable().describe('What it waits for, for people. Null: for nothing.'),
    waitsForPerson: z.boolean().describe('Whether nothing goes on without a person.'),
    stages: z.array(stage),
    guards: z.array(guard),
  })
  .meta({ id: 'Rollout', title: 'Rollout', description: 'The way of a challenger to the seat, or an A/B test.' })

/** What came of what a person said. */
export const saidSchema = z
  .object({
    tier: z.int().min(0),
    happened: z.string().describe('In a sentence.'),
    seat: model.nullable().describe('Who holds the seat now. Null: nobody.'),
    rollout: rolloutSchema
      .pick({ id: true, kind: true, stage: true, challenger: true, sentence: true })
      .nullable()
      .describe('Null: nothing is on its way.'),
    pin: z
      .object({ model, by: z.string(), reason: z.string() })
      .nullable()
      .describe('Who keeps the seat whatever happens. Null: nobody.'),
  })
  .meta({ id: 'Said', title: 'What came of it', description: 'What was done, and how the tier stands now.' })
