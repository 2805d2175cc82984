import { loadDataset, loadDatasetSample, loadDatasetSamples, loadDatasets } from '../../../workflows/pages/datasets.ts'
import { datasetSamplesQuery, datasetSamplesRequest } from '../../api/datasets-api.ts'
import type { Route } from '../../http/exchange.ts'
import type { PageContext } from '../page-context.ts'
import { page, queryOfPage } from '../page-request.ts'
import { sendPage } from '../send-page.ts'
import { datasetBody } from './dataset-body.ts'
import { datasetList } from './dataset-list.ts'
import { datasetSampleBody } from './dataset-sample-body.ts'

/** Golden data: which there is, one version with its samples, and one sample. */
export function datasetsPages(context: PageContext): Route[] {
  const { workspace } = context
  const { timeZone } = workspace.config.schedule
  return [
    page('/datasets', async (exchange) => {
      const body = datasetList(await loadDatasets(workspace))
      sendPage(context, exchange, { title: 'Data', path: '/datasets', body })
    }),
    page('/datasets/{reference}', async (exchange) => {
      const query = await queryOfPage(exchange, datasetSamplesQuery)
      const dataset = await loadDataset(workspace, exchange.params.reference ?? '')
      const asked = datasetSamplesRequest(query)
      const samples = await loadDatasetSamples(workspace, dataset.reference, asked)
      const { url = '' } = exchange.request
      sendPage(context, exchange, {
        title: dataset.reference,
        path: `/datasets/${dataset.reference}`,
        body: datasetBody(dataset, samples, { timeZone, now: workspace.clock.now(), url, query: asked }),
      })
    }),
    page('/datasets/{reference}/samples/{key}', async (exchange) => {
      const { reference = '', key = '' } = exchange.params
      const sample = await loadDatasetSample(workspace, reference, key)
      sendPage(context, exchange, {
        title: `Sample ${sample.sample}`,
        path: `/datasets/${sample.reference}`,
        body: datasetSampleBody(sample, workspace.config.tiers),
      })
    }),
  ]
}
