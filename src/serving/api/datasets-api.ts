import * as z from 'zod'
import { goldenColumns } from '../../database/golden-page-queries.ts'
import { loadDataset, loadDatasetSample, loadDatasetSamples, loadDatasets } from '../../workflows/pages/datasets.ts'
import type { Workspace } from '../../workflows/workspace.ts'
import type { ApiRoute } from './api-route.ts'
import { defineApi } from './define-api.ts'
import { pageOf, pageQuery, sortOf, sortQuery } from './page-schema.ts'

/** Golden data. */
export function datasetsApi({ workspace }: { workspace: Workspace }): ApiRoute[] {
  const params = z.object({ reference: z.string().describe('`job-analysis@v1`; without a version the newest.') })
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
      response: pageOf(listedSchema),
      handle: ({ params: { reference }, query }) =>
        loadDatasetSamples(workspace, reference, datasetSamplesRequest(query)),
    }),
    defineApi({
      method: 'GET',
      path: '/api/datasets/{reference}/samples/{key}',
      summary: 'One sample: what it asks, and its target per tier',
      params: params.extend({ key: z.string().describe('Of the sample.') }),
      response: sampleSchema,
      handle: ({ params: { reference, key } }) => loadDatasetSample(workspace, reference, key),
    }),
  ]
}

export const datasetSamplesQuery = z.object({
  ...pageQuery,
  ...sortQuery(goldenColumns),
  category: z.string().optional(),
  complexity: z.enum(['simple', 'moderate', 'complex']).optional(),
})

/** What is absent from the query is undefined. */
export function datasetSamplesRequest(query: z.output<typeof datasetSamplesQuery>) {
  const { category, complexity, cursor, limit } = query
  return { category, complexity, sort: sortOf(query), cursor, limit }
}

const words = z.string().nullable()
const datasetSchema = z.object({
  reference: z.string(),
  name: z.string(),
  version: z.string(),
  samples: z.int(),
  tiers: z.array(z.int()).describe('That it is configured for.'),
})

const datasetPageSchema = datasetSchema
  .extend({
    description: z
      .object({
        title: z.string(),
        about: z.string(),
        ofVersion: z.string(),
        licence: z.string(),
        madeBy: z.string(),
      })
      .nullable(),
    verifiedBy: z.array(z.object({ words, samples: z.int() })).describe('How the targets came about.'),
    usedBy: z.array(z.object({ task: z.string(), hash: z.string(), firstUsedAt: z.string() })),
    classes: z.array(z.object({ category: words, complexity: words, samples: z.int() })),
    hardest: z
      .array(
        z.object({
          tier: z.int(),
          tierName: z.string(),
          evaluation: z.string(),
          evaluatedAt: z.string().nullable(),
          samples: z.array(
            z.object({ sample: z.string(), models: z.int(), modelsRight: z.int(), accuracy: z.number() }),
          ),
        }),
      )
      .describe('By the newest evaluation of each tier.'),
  })
  .meta({ id: 'Dataset' })

const listedSchema = z.object({ sample: z.string(), category: words, complexity: words, title: words, text: words })

const sampleSchema = z
  .object({
    reference: z.string(),
    sample: z.string(),
    category: words,
    complexity: words,
    notes: words,
    verifiedBy: words,
    input: z.record(z.string(), z.json()),
    targets: z.array(z.object({ tier: z.int(), target: z.record(z.string(), z.json()) })),
  })
  .meta({ id: 'DatasetSample' })
