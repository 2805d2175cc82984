import * as z from 'zod'
import { evaluationColumns } from '../../database/evaluation-page-queries.ts'
import { sampleColumns } from '../../database/sample-queries.ts'
import { loadEvaluationPage } from '../../workflows/pages/evaluation.ts'
import { loadEvaluationsPage } from '../../workflows/pages/evaluations.ts'
import { loadSample, loadSamples } from '../../workflows/pages/samples.ts'
import type { Workspace } from '../../workflows/workspace.ts'
import type { ApiRoute } from './api-route.ts'
import { defineApi, defineStream } from './define-api.ts'
import { classQuery, pageOf, pageQuery, sortOf, sortQuery } from './page-schema.ts'
import { queryNumber } from './query-number.ts'
import { evaluationPageSchema } from './schemas/evaluation-page-schema.ts'
import { evaluationSchema } from './schemas/evaluation-schema.ts'
import { progressEventSchema } from './schemas/progress-schema.ts'
import { failureKind, model, sampleKey } from './schemas/quantities.ts'
import { comparedSampleSchema, samplesSchema } from './schemas/sample-schemas.ts'
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
      description:
        'Server-sent events `progress`, each with the JSON of a ProgressEvent; at the end an event `ended` with `{}`.',
      params,
      content: { 'text/event-stream': progressEventSchema },
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
      params: params.extend({ key: sampleKey }),
      query: sampleQuery,
      response: comparedSampleSchema,
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
  challenger: model.optional().describe('Held against the incumbent; without it who the verdict turned on.'),
  ...classQuery,
  failure: failureKind
    .optional()
    .describe(`Only samples of which a call of the two failed in this way. ${failureKind.description}`),
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
    .meta({
      type: 'string',
      description: 'Two models, separated by a comma; without them the pair that the samples are sorted by.',
      examples: ['gemini-2.0-flash-001,qwen3-4b'],
    }),
})
