import * as z from 'zod'
import { runColumns } from '../../database/model-page-queries.ts'
import { loadModelPage, loadModelRuns } from '../../workflows/pages/model.ts'
import { loadModelsPage } from '../../workflows/pages/models.ts'
import type { Workspace } from '../../workflows/workspace.ts'
import type { ApiRoute } from './api-route.ts'
import { defineApi } from './define-api.ts'
import { pageOf, pageQuery, sortOf, sortQuery } from './page-schema.ts'
import { modelPageSchema, modelSchema, runLineSchema } from './schemas/model-schemas.ts'
import { model } from './schemas/quantities.ts'

/** The registry, and what its models have done. */
export function modelsApi({ workspace }: { workspace: Workspace }): ApiRoute[] {
  return [
    defineApi({
      method: 'GET',
      path: '/api/models',
      summary: 'All models: where they are served, what they cost, who holds a seat, who cannot be asked',
      response: z.object({ headline: z.string(), models: z.array(modelSchema) }),
      handle: () => loadModelsPage(workspace),
    }),
    defineApi({
      method: 'GET',
      path: '/api/models/{name}',
      summary: 'One model on all tiers, with its trends and prices',
      params: z.object({ name: model }),
      response: modelPageSchema,
      handle: ({ params: { name } }) => loadModelPage(workspace, name),
    }),
    defineApi({
      method: 'GET',
      path: '/api/model-runs',
      summary: 'The runs of a model, the newest first or in the order of a column',
      query: runsQuery,
      response: pageOf(runLineSchema),
      handle: ({ query }) => loadModelRuns(workspace, { model: query.model, ...runsRequest(query) }),
    }),
  ]
}

/** The page of a model takes the same, less the model. */
export const modelQuery = z.object({ ...pageQuery, ...sortQuery(runColumns) })

/** What is absent from the query is undefined. */
export function runsRequest({ sort, order, cursor, limit }: z.output<typeof modelQuery>) {
  return { sort: sortOf({ sort, order }), cursor, limit }
}

const runsQuery = modelQuery.extend({ model })
