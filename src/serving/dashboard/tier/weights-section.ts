import { modelName } from '../../../reporting/render-html/glyphs.ts'
import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { score } from '../../../shared/format-number.ts'
import type { TierPage, TierWeights } from '../../../workflows/pages/tier.ts'
import { type WeighedAnew, type Weights, weighAnew } from '../../../workflows/pages/weigh-anew.ts'

const measures = ['accuracy', 'speed', 'cost'] as const

/** The weights of the form in percent, else those of the tier. */
export function chosenWeights(
  query: Partial<Record<keyof Weights, string | undefined>>,
  weights: TierWeights,
): Weights {
  const of = (measure: (typeof measures)[number]) => {
    const value = Number(query[measure])
    return query[measure] !== undefined && value >= 0 && value <= 100 ? value : Math.round(weights[measure] * 100)
  }
  return { accuracy: of('accuracy'), speed: of('speed'), cost: of('cost') }
}

/** What other weights would make of the same answers; nothing is changed by it. */
export function weightsSection(page: TierPage, chosen: Weights): Html {
  const { ranking, weights, seat } = page
  if (ranking.length === 0) return nothing
  if (weights.formula !== null)
    return html`<section class="plain"><h2 class="title">The total</h2><p>${weights.words}</p></section>`
  // One model alone has nobody to be ranked against.
  if (ranking.length === 1) return nothing
  const { words, models } = weighAnew(page, chosen)
  return html`<section class="plain weights" id="weights"><h2 class="title">What if something else mattered more?</h2>
<p class="note">The tier’s weights: accuracy ${percent(weights.accuracy)}, speed ${percent(weights.speed)}, cost ${percent(weights.cost)}. ${weights.words} Moving a slider changes nothing but this table: it weighs the measured means anew, without an interval, and is no verdict.</p>
<form method="get" action="/tiers/${seat.tier}#weights" data-span-speed="${weights.spanSpeed}" data-span-cost="${weights.spanCost}">
${measures.map((measure) => slider(measure, chosen[measure]))}
<button class="button">Rank anew</button></form>
<p class="worth" aria-live="polite">${words}</p>
${rankingTable(models)}</section>`
}

function slider(measure: string, value: number): Html {
  return html`<label>${measure} <output>${value}</output><input type="range" name="${measure}" min="0" max="100" step="5" value="${value}"></label>`
}

function percent(share: number): string {
  return `${Math.round(share * 100)}\u202f%`
}

function rankingTable(models: WeighedAnew['models']): Html {
  const rows = models.map(({ model, role, isSimulated, accuracy, speed, cost, total, anew }, index) => [
    html`<span class="rank">${index + 1}</span> ${modelName(model, isSimulated)}${role === 'incumbent' ? html` <span class="tag">in the seat</span>` : nothing}`,
    ...[accuracy, speed, cost, total, anew].map(score),
  ])
  const titles = ['Model', 'Accuracy', 'Speed', 'Cost', 'Total as weighed', 'Total at these weights']
  return tableHtml({ titles, rows, aligns: 'lrrrrr' })
}
