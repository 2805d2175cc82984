import * as z from 'zod'
import { evaluationColumns } from '../../database/evaluation-page-queries.ts'
import { sampleColumns } from '../../database/sample-queries.ts'
import { evaluationStatuses } from '../../evaluation/evaluation.ts'
import { decisions } from '../../recommendation/recommendation.ts'
import { type EvaluationPage, loadEvaluationPage } from '../../workflows/pages/evaluation.ts'
import { loadEvaluationsPage } from '../../workflows/pages/evaluations.ts'
import { loadSample, loadSamples, type SamplePage } from '../../workflows/pages/samples.ts'
import type { Workspace } from '../../workflows/workspace.ts'
import type { ApiRoute } from './api-route.ts'
import { defineApi, defineStream } from './define-api.ts'
import { pageOf, pageQuery, sortOf, sortQuery } from './page-schema.ts'
import { progressSchema } from './progress-schema.ts'
import { queryNumber } from './query-number.ts'
import { sendProgress } from './send-progress.ts'

/** Evaluations, and their samples. */
export function evaluationsApi({ workspace }: { workspace: Workspace }): ApiRoute[] {
  const params = z.object({ id: z.string().describe('Of an evaluation, or its beginning.') })
  return [
    defineApi({
      method: 'GET',
      path: '/api/evaluations',
      summary: 'Evaluations, the newest first or in the order of a column',
      query: evaluationsQuery,
      response: pageOf(evaluationSchema),
      handle: ({ query }) => loadEvaluationsPage(workspace, evaluationsRequest(query)),
    }),
    defineApi({
      method: 'GET',
      path: '/api/evaluations/{id}',
      summary: 'One evaluation: how far it is, or its verdict with the evidence',
      params,
      query: samplesQuery,
      response: evaluationPageSchema,
      handle: ({ params: { id }, query }) => loadEvaluationPage(workspace, id, samplesRequest(query)),
    }),
    defineStream({
      method: 'GET',
      path: '/api/evaluations/{id}/progress',
      summary: 'How far an evaluation is, once a second until it ends',
      description: `Server-sent events \`progress\` with JSON: ${Object.keys(progressSchema.shape).join(', ')}; at the end an event \`ended\`.`,
      params,
      contentTypes: ['text/event-stream'],
      stream: ({ params: { id }, exchange }) => sendProgress(workspace, exchange, id),
    }),
    defineApi({
      method: 'GET',
      path: '/api/evaluations/{id}/samples',
      summary: 'The samples of an evaluation, those that moved the decision most first',
      params,
      query: samplesQuery,
      response: samplesSchema,
      handle: ({ params: { id }, query }) => loadSamples(workspace, id, samplesRequest(query)),
    }),
    defineApi({
      method: 'GET',
      path: '/api/evaluations/{id}/samples/{key}',
      summary: 'One sample with two models side by side against the target',
      params: params.extend({ key: z.string().describe('Of the sample.') }),
      query: sampleQuery,
      response: samplePageSchema,
      handle: ({ params: { id, key }, query }) => loadSample(workspace, id, { sample: key, models: query.models }),
    }),
  ]
}

export const evaluationsQuery = z.object({
  ...pageQuery,
  ...sortQuery(evaluationColumns),
  tier: queryNumber(z.int().min(0)).optional().describe('Only of this tier.'),
})

/** What is absent from the query is undefined. */
export function evaluationsRequest({ sort, order, cursor, limit, tier }: z.output<typeof evaluationsQuery>) {
  return { sort: sortOf({ sort, order }), cursor, limit, tier }
}

/** Filters and pages of samples; the page of an evaluation takes the same. */
export const samplesQuery = z.object({
  ...pageQuery,
  ...sortQuery(sampleColumns),
  limit: queryNumber(z.int().min(1).max(200)).default(20).describe('Most entries of the page.'),
  challenger: z.string().optional().describe('Held against the incumbent; without it who the verdict turned on.'),
  category: z.string().optional(),
  complexity: z.enum(['simple', 'moderate', 'complex']).optional(),
  failure: z.string().optional().describe('Only samples of which a call of the two failed in this way.'),
})

/** What is absent from the query is undefined. */
export function samplesRequest(query: z.output<typeof samplesQuery>) {
  const { challenger, category, complexity, failure, cursor, limit } = query
  return { challenger, category, complexity, failure, sort: sortOf(query), cursor, limit }
}

export const sampleQuery = z.object({
  models: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .refine((names) => names.length === 2, { params: { expected: 'two models, such as one,other' } })
    .optional()
    .describe('Two models, separated by a comma; without them the pair that the samples are sorted by.'),
})

const points = z.number().nullable().describe('Positive: the challenger is better.')
const time = z.string().describe('ISO 8601.')

const evaluationSchema = z
  .object({
    id: z.string(),
    tier: z.int(),
    tierName: z.string(),
    status: z.enum(evaluationStatuses),
    dataset: z.string(),
    samples: z.int(),
    models: z.int(),
    startedAt: time,
    finishedAt: time.nullable(),
    applies: z.boolean().describe('False: a trial from which nothing follows.'),
    confirms: z.string().nullable().describe('The evaluation whose switch it confirms.'),
    incumbent: z.string().nullable(),
    verdict: z
      .object({
        decision: z.enum(decisions),
        target: z.string().nullable(),
        confidence: z.number().nullable(),
        challenger: z.string().nullable().describe('The target, where it is one of them, else who came closest.'),
        difference: points,
        interval: z.tuple([z.number(), z.number()]).nullable().describe('95 %.'),
        changedSeat: z.boolean().describe('Whether the seat changed hands by it at once.'),
        refusal: z.string().nullable().describe('Why the target may not take the seat all the same.'),
      })
      .nullable(),
    simulated: z.array(z.string()).describe('Models that are simulated.'),
    calls: z.int().nullable(),
    failed: z.int().nullable(),
    costUsd: z.number().nullable(),
  })
  .meta({ id: 'Evaluation' })

const pairSchema = z.object({ held: z.string(), challenger: z.string() })

const samplesSchema = z
  .object({
    pair: pairSchema.nullable().describe('Null: no two models were compared, and samples come by their keys.'),
    pairs: z.array(pairSchema),
    items: z.array(
      z.object({
        sample: z.string(),
        rank: z.int().nullable(),
        accuracy: points,
        total: points,
        pull: points.describe('What this sample alone adds to the mean difference of the totals.'),
        category: z.string().nullable(),
        complexity: z.string().nullable(),
        scores: z.array(z.object({ model: z.string(), accuracy: z.number(), asked: z.int(), failed: z.int() })),
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'EvaluationSamples' })

const samplePageSchema = z
  .custom<SamplePage>()
  .meta({ id: 'ComparedSample', description: 'Input, target, both answers, and the fields that decided it first.' })

const evaluationPageSchema = z
  .custom<EvaluationPage>()
  .meta({ id: 'EvaluationPage', description: 'With `report`, as a cycle writes it as JSON, once it is decided.' })
