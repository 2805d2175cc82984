import * as z from 'zod'
import { evaluationStatus } from './progress-schema.ts'
import { count, dataset, evaluationId, failureKind, model, tier } from './quantities.ts'
import { recommendationSchema } from './recommendation-schema.ts'
import { rolloutPolicy } from './rollout-schema.ts'
import { runSchema, trendPointSchema } from './run-schema.ts'

const sentence = z.string().describe('A sentence.')

/** A model that should have been compared and was not. */
export const skippedModel = z
  .object({
    model,
    reason: z.string(),
    remedy: z.string().optional().describe('What a person can do. Absent: nothing.'),
  })
  .meta({ id: 'SkippedModel', title: 'Skipped model', description: 'It should have been compared and was not.' })

const failure = z.object({
  model,
  kind: failureKind,
  calls: count,
  isOfProvider: z.boolean().describe('Whether only the provider is the reason; otherwise it counts against the model.'),
  example: z.string().describe('What one of the calls said.'),
})

const dropped = z.object({
  model,
  reason: z.string(),
  samples: count.describe('After so many.'),
  asked: count.describe('Calls made.'),
  planned: count.describe('Calls planned.'),
})

export const driftStatus = z
  .enum(['unwatched', 'steady', 'suspect', 'cleared', 'rollback', 'incident'])
  .describe('cleared, rollback: what a fresh re-test made of a suspicion; incident: too many calls failed to tell.')

const drift = z.object({ status: driftStatus, words: z.string() })

const hypothesis = z.object({
  id: z.string(),
  claim: z.string(),
  verdict: z.enum(['PASS', 'FAIL', 'NOT MEASURED']),
  measured: z.number().nullable().describe('Null: there is no figure.'),
  note: z.string(),
})

const proposal = z.object({ model: z.string(), provider: z.string(), command: z.string().describe('That adds it.') })

/** What is told of an evaluation once it is decided. */
export const evaluationReportSchema = z
  .object({
    id: evaluationId,
    tier,
    tierName: z.string(),
    name: z.string(),
    dataset,
    datasetHash: z.string().describe('SHA-256 of inputs and targets, hex.'),
    verifiedBy: z.array(z.object({ words: z.string(), samples: count })).describe('How the targets came about.'),
    samples: count,
    repeats: count.describe('How often each sample was asked.'),
    status: evaluationStatus,
    incumbent: model.nullable().describe('Null: the seat was vacant.'),
    runs: z.array(runSchema).describe('Incumbent, challengers, baselines; the better total first.'),
    failures: z.array(failure).describe('The failed calls by model and kind, the most frequent first.'),
    skipped: z.array(skippedModel),
    proposals: z.array(proposal).describe('Where no language model answered: what the providers have, nearest first.'),
    recommendation: recommendationSchema,
    pooled: z
      .array(z.object({ evaluation: evaluationId, models: z.array(model) }))
      .describe('Earlier evaluations that the verdict rests on, too.'),
    epochChanges: z.array(z.string()).describe('What makes earlier results incomparable; empty: nothing.'),
    dropped: z.array(dropped).describe('Challengers that racing ended early.'),
    drift: drift.nullable().describe('Whether the incumbent has become worse. Null: it was not watched.'),
    locked: z.array(z.object({ model, reason: z.string() })).describe('Not compared any more in this epoch.'),
    trend: z.array(trendPointSchema).describe('This evaluation and those of the tier before it, oldest first.'),
    reasoning: z.string().describe('The verdict for people.'),
    refusal: z.string().nullable().describe('Why the target may not take the seat all the same. Null: it may.'),
    assignment: z.object({
      model: model.nullable().describe('Who holds the seat. Null: nobody.'),
      changed: z.boolean().describe('Whether by this verdict, at once.'),
    }),
    rolloutPolicy: rolloutPolicy.nullable().describe('Null: of an earlier version of the program.'),
    followed: z.array(sentence).describe('What followed from the verdict by itself.'),
    hypotheses: z.array(hypothesis).describe('Claims of the golden data, held against what was measured.'),
    warnings: z.array(sentence),
  })
  .meta({ id: 'EvaluationReport', title: 'Report of an evaluation', description: 'The verdict with its evidence.' })
