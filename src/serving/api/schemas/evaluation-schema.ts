import * as z from 'zod'
import { evaluationStatus } from './progress-schema.ts'
import { count, dataset, difference, evaluationId, interval, model, share, tier, time, usd } from './quantities.ts'
import { decision } from './recommendation-schema.ts'

const verdict = z.object({
  decision,
  target: model.nullable().describe('Who should hold the seat, or enter the shadow. Null: nobody can be named.'),
  confidence: share.nullable().describe('Of the decision, 0 to 1. Null: none to state.'),
  challenger: model.nullable().describe('The target, where it is one of them, else who came closest. Null: none.'),
  difference: difference.nullable().describe('Points; positive: the challenger is better. Null: not compared.'),
  interval,
  changedSeat: z.boolean().describe('Whether the seat changed hands by it at once.'),
  refusal: z.string().nullable().describe('Why the target may not take the seat all the same. Null: it may.'),
})

/** A line of the list. */
export const evaluationSchema = z
  .object({
    id: evaluationId,
    tier,
    tierName: z.string(),
    status: evaluationStatus,
    dataset,
    samples: count,
    models: count,
    startedAt: time,
    finishedAt: time.nullable().describe('Null: it has not finished.'),
    applies: z.boolean().describe('False: a trial from which nothing follows.'),
    confirms: evaluationId.nullable().describe('The evaluation whose switch it confirms. Null: none.'),
    incumbent: model.nullable().describe('Null: the seat was vacant.'),
    verdict: verdict.nullable().describe('Null: it is not decided.'),
    simulated: z.array(model).describe('Models that are simulated.'),
    calls: count.nullable().describe('Null: unknown.'),
    failed: count.nullable().describe('Calls. Null: unknown.'),
    costUsd: usd,
  })
  .meta({ id: 'Evaluation', title: 'Evaluation', description: 'One line of the list.' })
