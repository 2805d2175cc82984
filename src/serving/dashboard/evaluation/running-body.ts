import { bar, plainSvg } from '../../../reporting/charts/plain-svg.ts'
import { failedSoFarWords, progressWords } from '../../../reporting/progress-words.ts'
import { modelName } from '../../../reporting/render-html/glyphs.ts'
import { type Html, html, nothing, trusted } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { withCommands } from '../../../reporting/render-html/with-commands.ts'
import { longDate, timeOfDay } from '../../../shared/format-date.ts'
import { count } from '../../../shared/format-number.ts'
import type { EvaluationPage } from '../../../workflows/pages/evaluation.ts'
import type { Progress } from '../../../workflows/pages/progress.ts'

/** An evaluation that has no verdict yet: how far it is, and what it will say. */
export function runningBody(page: EvaluationPage, { timeZone }: { timeZone: string }): Html {
  const { id, tier, tierName, progress, startedAt, dataset, samples, repeats } = page
  const started = new Date(startedAt)
  return html`<p class="small"><a href="/evaluations">Evaluations</a> · <a href="/tiers/${tier}">Tier ${tier} ${tierName}</a> · started ${longDate(started, timeZone)}, ${timeOfDay(started, timeZone)}</p>
<h1>${headlines[page.status](tier)}</h1>
<p class="lede">${dataset}, ${count(samples)} samples × ${repeats}. The verdict comes when all calls are made.</p>
${progress === null ? nothing : panel(page, progress)}
${page.status === 'interrupted' ? html`<p>${withCommands(`What was asked is kept. Go on with it: npx incumbent resume ${id}`)}</p>` : nothing}
${notTested(page)}`
}

const headlines: Record<EvaluationPage['status'], (tier: number) => string> = {
  running: (tier) => `Tier ${tier} is being evaluated.`,
  interrupted: (tier) => `The evaluation of tier ${tier} was interrupted.`,
  failed: (tier) => `The evaluation of tier ${tier} could not be finished.`,
  completed: (tier) => `The evaluation of tier ${tier} is waiting for its verdict.`,
  invalid: (tier) => `The evaluation of tier ${tier} says nothing about the models.`,
}

/** The script finds its parts by their `data-` names, and changes what they say. */
function panel({ id, tier, simulated, status }: EvaluationPage, progress: Progress): Html {
  const words = progressWords(progress)
  const safe =
    status === 'running' ? html`Safe to stop; <code>npx incumbent resume</code> asks nothing twice.` : nothing
  const live = status === 'running' ? html` data-progress="/api/evaluations/${id}/progress"` : nothing
  return html`<section class="running"${live}>
<div class="line"><h2>Tier ${tier}, ${status === 'running' ? 'evaluation running' : status}</h2><p data-part="count" role="status">${words}</p></div>
<div class="track">${trusted(track(progress, words))}</div>
<p><span data-part="failures">${failedSoFarWords(progress)}</span> ${safe}</p>
${tableHtml({
  titles: ['Model', 'Asked', 'Of', 'Failed'],
  rows: progress.models.map(({ model, asked, planned, failed }) => [
    modelName(model, simulated.includes(model)),
    html`<span data-asked="${model}">${count(asked)}</span>`,
    count(planned),
    html`<span data-failed="${model}">${count(failed)}</span>`,
  ]),
  aligns: 'lrrr',
})}
</section>`
}

const size = { width: 1000, height: 8 }

function track({ asked, planned }: Progress, words: string): string {
  const width = planned === 0 ? 0 : (asked / planned) * size.width
  const parts = [
    bar({ x: 0, y: 0, width: size.width, height: size.height, fill: 'line' }),
    bar({ x: 0, y: 0, width, height: size.height, fill: 'ink' }).replace('<rect ', '<rect data-part="done" '),
  ]
  return plainSvg(size, words, parts).replace('<svg ', '<svg preserveAspectRatio="none" ')
}

function notTested({ skipped }: EvaluationPage): Html {
  if (skipped.length === 0) return nothing
  const rows = skipped.map(({ model, reason, remedy }) => [model, reason, remedy ?? ''])
  return html`<h2>Not tested</h2>${tableHtml({ titles: ['Model', 'Reason', 'Remedy'], rows, aligns: 'lll' })}`
}
