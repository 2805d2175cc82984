import { html, nothing } from '../../../reporting/render-html/html.ts'
import { capitalized } from '../../../shared/capitalized.ts'
import { loadModelPage, loadModelRuns } from '../../../workflows/pages/model.ts'
import { loadModelsPage } from '../../../workflows/pages/models.ts'
import { modelQuery, runsRequest } from '../../api/models-api.ts'
import type { Route } from '../../http/exchange.ts'
import type { PageContext } from '../page-context.ts'
import { page, queryOfPage } from '../page-request.ts'
import { sendPage } from '../send-page.ts'
import { withWholeNames } from '../whole-names.ts'
import { modelFacts } from './model-facts.ts'
import { pricesTable, runsTable, standingsTable } from './model-tables.ts'
import { modelTrends } from './model-trends.ts'
import { modelsLede, modelsTable } from './models-table.ts'

/** `/models`: the registry; `/models/{name}`: one model on all tiers, with its prices and runs. */
export function modelsPages(context: PageContext): Route[] {
  return [modelsPage(context), modelPage(context)]
}

function modelsPage(context: PageContext): Route {
  return page('/models', async (exchange) => {
    const { headline, models } = await loadModelsPage(context.workspace)
    const { timeZone } = context.workspace.config.schedule
    sendPage(context, exchange, {
      title: 'Models',
      path: '/models',
      isSimulated: models.some(({ isSimulated }) => isSimulated),
      body: html`<h1>${withWholeNames(headline)}</h1><p class="lede">${modelsLede(models)}</p>${modelsTable(models, timeZone, context.workspace.clock.now())}`,
    })
  })
}

function modelPage(context: PageContext): Route {
  const { workspace } = context
  return page('/models/{name}', async (exchange) => {
    const { name = '' } = exchange.params
    const asked = runsRequest(await queryOfPage(exchange, modelQuery))
    const model = await loadModelPage(workspace, name)
    const runs = await loadModelRuns(workspace, { model: name, ...asked })
    const { timeZone } = workspace.config.schedule
    const now = workspace.clock.now()
    const path = `/models/${encodeURIComponent(name)}`
    sendPage(context, exchange, {
      title: name,
      path,
      isSimulated: model.isSimulated,
      body: html`<p class="small"><a href="/models">Models</a></p>
<div class="head"><div><h1>${withWholeNames(model.headline)}</h1>
${model.notes.length === 0 ? nothing : html`<p class="lede">${sentences(model.notes)}</p>`}
${model.remedy === null ? nothing : html`<p>${model.remedy}</p>`}</div>${modelFacts(model, timeZone, now)}</div>
${standingsTable(model, timeZone, now)}
${modelTrends(model, timeZone)}
${pricesTable(model, timeZone, now)}
${runsTable(runs, { timeZone, now, url: exchange.request.url ?? path, sort: asked.sort })}`,
    })
  })
}

function sentences(notes: readonly string[]): string {
  return notes.map((note) => `${capitalized(note)}.`).join(' ')
}
