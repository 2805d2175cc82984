import { loadEvaluationPage } from '../../../workflows/pages/evaluation.ts'
import { loadEvaluationsPage } from '../../../workflows/pages/evaluations.ts'
import { loadSample } from '../../../workflows/pages/samples.ts'
import {
  evaluationsQuery,
  evaluationsRequest,
  sampleQuery,
  samplesQuery,
  samplesRequest,
} from '../../api/evaluations-api.ts'
import type { Route } from '../../http/exchange.ts'
import type { PageContext } from '../page-context.ts'
import { page, queryOfPage } from '../page-request.ts'
import { sendPage } from '../send-page.ts'
import { evaluationBody } from './evaluation-body.ts'
import { evaluationList } from './evaluation-list.ts'
import { runningBody } from './running-body.ts'
import { sampleBody } from './sample-body.ts'

/** How often a page that shows progress is asked for again where scripts do not run. */
const refreshSeconds = 20

/** Evaluations, one of them while it runs and after it was decided, and one sample of it. */
export function evaluationPages(context: PageContext): Route[] {
  const { workspace } = context
  const { timeZone } = workspace.config.schedule
  return [
    page('/evaluations', async (exchange) => {
      const query = await queryOfPage(exchange, evaluationsQuery)
      const asked = evaluationsRequest(query)
      const list = await loadEvaluationsPage(workspace, asked)
      const { url = '' } = exchange.request
      const now = workspace.clock.now()
      sendPage(context, exchange, {
        title: 'Evaluations',
        path: '/evaluations',
        isSimulated: list.items.some(({ simulated }) => simulated.length > 0),
        body: evaluationList(list, { url, timeZone, now, tiers: workspace.config.tiers, ...asked }),
      })
    }),
    page('/evaluations/{id}', async (exchange) => {
      const query = await queryOfPage(exchange, samplesQuery)
      const { params, request } = exchange
      const asked = samplesRequest(query)
      const evaluation = await loadEvaluationPage(workspace, params.id ?? '', asked)
      const { url = '' } = request
      const isRunning = evaluation.status === 'running'
      sendPage(context, exchange, {
        title: `Evaluation of tier ${evaluation.tier}`,
        path: `/evaluations/${evaluation.id}`,
        isSimulated: evaluation.simulated.length > 0,
        ...(isRunning ? { refreshSeconds } : {}),
        body:
          evaluation.report === null
            ? runningBody(evaluation, { timeZone })
            : evaluationBody(evaluation, evaluation.report, { timeZone, url, query: asked }),
      })
    }),
    page('/evaluations/{id}/samples/{key}', async (exchange) => {
      const { models } = await queryOfPage(exchange, sampleQuery)
      const { id = '', key = '' } = exchange.params
      const sample = await loadSample(workspace, id, { sample: key, models })
      sendPage(context, exchange, {
        title: `Sample ${sample.sample}`,
        path: `/evaluations/${sample.evaluation.id}`,
        isSimulated: sample.models.some(({ isSimulated }) => isSimulated),
        body: sampleBody(sample, timeZone, workspace.clock.now()),
      })
    }),
  ]
}
