import * as z from 'zod'
import { goldenColumns } from '../../database/golden-page-queries.ts'
import { loadDataset, loadDatasetSample, loadDatasetSamples, loadDatasets } from '../../workflows/pages/datasets.ts'
import type { Workspace } from '../../workflows/workspace.ts'
import type { ApiRoute } from './api-route.ts'
import { defineApi } from './define-api.ts'
import { classQuery, pageOf, pageQuery, sortOf, sortQuery } from './page-schema.ts'
import { datasetPageSchema, datasetSampleSchema, datasetSchema, listedSampleSchema } from './schemas/dataset-schemas.ts'
import { sampleKey } from './schemas/quantities.ts'

/** Golden data. */
export function datasetsApi({ workspace }: { workspace: Workspace }): ApiRoute[] {
  const params = z.object({
    reference: z.string().meta({
      description: 'Golden data with its version; without one the newest.',
      examples: ['job-analysis@v1'],
    }),
  })
  return [
    defineApi({
      method: 'GET',
      path: '/api/datasets',
      summary: 'The versions of golden datasets that were used or are configured',
      response: z.array(datasetSchema),
      handle: () => loadDatasets(workspace),
    }),
    defineApi({
      method: 'GET',
      path: '/api/datasets/{reference}',
      summary: 'What a version of a golden dataset consists of, and which samples are hardest',
      params,
      response: datasetPageSchema,
      handle: ({ params: { reference } }) => loadDataset(workspace, reference),
    }),
    defineApi({
      method: 'GET',
      path: '/api/datasets/{reference}/samples',
      summary: 'The samples of a version, by key or in the order of a column',
      params,
      query: datasetSamplesQuery,
      response: pageOf(listedSampleSchema),
      handle: ({ params: { reference }, query }) =>
        loadDatasetSamples(workspace, reference, datasetSamplesRequest(query)),
    }),
    defineApi({
      method: 'GET',
      path: '/api/datasets/{reference}/samples/{key}',
      summary: 'One sample: what it asks, and its target per tier',
      params: params.extend({ key: sampleKey }),
      response: datasetSampleSchema,
      handle: ({ params: { reference, key } }) => loadDatasetSample(workspace, reference, key),
    }),
  ]
}

export const datasetSamplesQuery = z.object({
  ...pageQuery,
  ...sortQuery(goldenColumns),
  ...classQuery,
})

/** What is absent from the query is undefined. */
export function datasetSamplesRequest(query: z.output<typeof datasetSamplesQuery>) {
  const { category, complexity, cursor, limit } = query
  return { category, complexity, sort: sortOf(query), cursor, limit }
}
