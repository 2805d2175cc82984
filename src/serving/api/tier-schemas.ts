import * as z from 'zod'
import type { EvaluationReport } from '../../reporting/cycle-report.ts'
import { tierActionNames } from '../../workflows/pages/tier-actions.ts'
import type { Said } from '../../workflows/rollout/act-on-tier.ts'

const time = z.iso.datetime()
const interval = z.tuple([z.number(), z.number()]).nullable().describe('95 %.')
const measure = z.number().nullable()

const guard = z.object({
  name: z.string(),
  seen: measure.describe('Share, 0 to 1; null: nothing seen yet.'),
  bound: measure.describe('Upper bound, 95 %.'),
  limit: z.number(),
  hasAlarm: z.boolean(),
})

const rollout = z
  .object({
    id: z.string(),
    kind: z.enum(['challenge', 'ab']),
    stage: z.enum([
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
    ]),
    incumbent: z.string(),
    challenger: z.string(),
    share: measure.describe('Of the requests, to the challenger.'),
    since: time,
    sentence: z.string(),
    progress: z.string().nullable(),
    waitsForPerson: z.boolean(),
    stages: z.array(
      z.object({
        name: z.string(),
        state: z.enum(['done', 'now', 'ahead', 'stopped']),
        progress: z.number(),
        seen: z.string(),
        needs: z.string(),
      }),
    ),
    guards: z.array(guard),
  })
  .meta({ id: 'Rollout' })

const verdict = z.object({
  evaluation: z.string(),
  at: time,
  word: z.string().describe('Switch, Keep or Gather more.'),
  decision: z.string(),
  sentence: z.string(),
  target: z.string().nullable(),
  gain: z.string().nullable().describe('What the target would do to the tier, in a sentence.'),
  confidence: measure,
  needed: measure.describe('What this step needs.'),
  of: z.enum(['challenger', 'incumbent', 'nobody']),
  isSimulated: z.boolean(),
})

const point = { at: time, accuracy: measure, accuracyCi95: interval }

export const seatSchema = z
  .object({
    tier: z.int(),
    name: z.string(),
    policy: z.enum(['auto', 'approve', 'recommend-only']),
    model: z.string().nullable().describe('Null: the seat is vacant.'),
    isSimulated: z.boolean(),
    heldSince: time.nullable(),
    assignedBy: z.string().nullable(),
    pin: z.object({ model: z.string(), by: z.string(), reason: z.string(), since: time }).nullable(),
    measured: z
      .object({ accuracy: measure, accuracyCi95: interval, p50Ms: measure, costPerThousandUsd: measure })
      .nullable(),
    verdict: verdict.nullable(),
    differences: z.object({
      measure: z.string(),
      incumbent: z.string(),
      rows: z.array(
        z.object({
          model: z.string(),
          note: z.string(),
          isLeader: z.boolean(),
          isSimulated: z.boolean(),
          difference: measure,
          interval: z.tuple([z.number(), z.number()]).readonly().nullable(),
        }),
      ),
    }),
    trend: z.array(z.object({ ...point, model: z.string() })),
    rollout: rollout.nullable(),
    skipped: z.array(z.object({ model: z.string(), reason: z.string(), remedy: z.string().nullable() })),
    running: z.array(z.object({ evaluation: z.string(), startedAt: time })),
  })
  .meta({ id: 'Seat' })

const logLine = z
  .object({
    at: time,
    tier: z.int(),
    by: z.string(),
    what: z.string(),
    model: z.string().nullable(),
    previousModel: z.string().nullable(),
    why: z.string(),
    evaluation: z.string().nullable(),
  })
  .meta({ id: 'LogLine' })

export const overviewSchema = z.object({
  at: time,
  evaluatedAt: time.nullable(),
  headline: z.string(),
  waiting: z.array(
    z.object({
      tier: z.int().nullable(),
      sentence: z.string(),
      link: z.object({ words: z.string(), path: z.string() }).nullable(),
    }),
  ),
  month: z.object({ soFarUsd: measure, projectedUsd: measure, projectedCi95: interval, budgetUsd: measure }),
  live: z
    .object({ requests: z.int(), attempts: z.int(), failedAttempts: z.int(), failedCi95: interval })
    .describe('Of the last seven days.'),
  switches: z.object({ total: z.int(), back: z.int() }).describe('Of the last 52 weeks.'),
  tested: z.object({ models: z.int(), notTested: z.int() }),
  seats: z.array(seatSchema),
  decisions: z.array(logLine),
  alerts: z.array(
    z.object({
      at: time,
      severity: z.enum(['info', 'warning', 'critical']),
      subject: z.string(),
      message: z.string(),
      isOpen: z.boolean(),
      resolvedAt: time.nullable(),
    }),
  ),
  next: z.array(z.object({ schedule: z.string(), dueAt: time, words: z.string() })),
})

const ranked = z.object({
  model: z.string(),
  role: z.enum(['incumbent', 'challenger']),
  isSimulated: z.boolean(),
  accuracy: measure,
  speed: measure,
  cost: measure,
  total: measure,
})

export const tierSchema = z.object({
  at: time,
  headline: z.string(),
  seat: seatSchema,
  actions: z.array(z.enum(tierActionNames)).describe('What can be said of the tier as it stands.'),
  assignable: z.array(z.string()),
  weights: z.object({
    accuracy: z.number(),
    speed: z.number(),
    cost: z.number(),
    words: z.string(),
    spanSpeed: z.number(),
    spanCost: z.number(),
    formula: z.string().nullable(),
  }),
  ranking: z.array(ranked),
  checks: z
    .object({
      model: z.string(),
      gates: z.array(
        z.object({
          gate: z.string(),
          passed: z.boolean().nullable(),
          value: measure,
          limit: measure,
          rule: z.string(),
          found: z.string(),
          needed: z.string(),
        }),
      ),
    })
    .nullable(),
  drift: z
    .object({
      model: z.string(),
      isSimulated: z.boolean(),
      points: z.array(z.object({ ...point, status: z.string() })),
      baseline: measure,
      floor: measure,
    })
    .nullable(),
  log: z.array(logLine),
  next: z.string().nullable(),
  evaluation: z
    .custom<EvaluationReport>()
    .nullable()
    .describe('The last evaluation, as `report` of /api/evaluations/{id}.'),
})

export const saidSchema = z.custom<Said>().describe('What came of it, and how the tier stands now.')
