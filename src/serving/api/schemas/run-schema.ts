import * as z from 'zod'
import { evaluationStatuses } from '../../../evaluation/evaluation.ts'
import { accuracy, count, evaluationId, interval, milliseconds, model, points, role, time, usd } from './quantities.ts'

export const runStatus = z
  .enum([...evaluationStatuses, 'dropped', 'locked'])
  .describe('dropped: racing ended it early; locked: not compared any more. Neither was judged.')

const tokens = z.number().min(0).nullable().describe('Tokens of all calls. Null: unknown.')

/** One model in an evaluation, with what was measured. */
export const runSchema = z
  .object({
    id: z.uuid().describe('Of the run.'),
    model,
    provider: z.string().describe('Its name in the configuration.'),
    role,
    status: runStatus,
    asked: count.describe('Calls that have an outcome.'),
    scored: count.describe('Calls that were scored.'),
    failed: z.record(z.string(), count).describe('Calls by kind of failure.'),
    accuracy,
    accuracyCi95: interval,
    completeness: points.describe('Required fields that are present, points of 0 to 100. Null: unknown.'),
    consistency: points.describe('How alike repeats were answered, points of 0 to 100. Null: asked only once.'),
    latencyMs: z.object({ mean: milliseconds, p50: milliseconds, p95: milliseconds, p99: milliseconds }),
    tokens: z.object({ input: tokens, output: tokens, total: tokens }),
    costUsd: usd.describe('US dollars at list price, of all calls. Null: unknown.'),
    scores: z.object({ accuracy: points, speed: points, cost: points, total: points }),
    fieldRelative: z
      .number()
      .nullable()
      .describe('Score among the models of this evaluation; shown, never deciding. Null: unknown.'),
    flags: z.array(z.string()).describe('What its figures had to assume.'),
  })
  .meta({ id: 'RunOfEvaluation', title: 'Run', description: 'One model in an evaluation, and what was measured.' })

export const trendPointSchema = z
  .object({
    evaluation: evaluationId,
    at: time,
    model,
    provider: z.string(),
    role,
    accuracy,
    accuracyCi95: interval,
    changed: z.string().nullable().describe('What makes it incomparable with the one before. Null: nothing.'),
  })
  .meta({ id: 'TrendPoint', title: 'Point of a trend', description: 'A model in one evaluation.' })
