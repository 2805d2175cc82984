import type { TierConfig } from '../../../config/tier-config.ts'
import type { CostProjection } from '../../../reporting/cost-projection/cost-projection.ts'
import { projectionTable } from '../../../reporting/cost-projection/projection-table.ts'
import {
  basisWords,
  priceRemedy,
  projectionSentence,
  unknownWords,
} from '../../../reporting/cost-projection/projection-words.ts'
import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { withCommands } from '../../../reporting/render-html/with-commands.ts'
import { capitalized } from '../../../shared/capitalized.ts'
import { counted } from '../../../shared/counted.ts'
import { modelLink } from '../model-link.ts'
import { calculatorForm, priceFields } from './calculator-form.ts'
import type { Calculator } from './load-calculator.ts'

/** The form, and the sentence that answers it. */
export function calculatorPanel(tiers: readonly TierConfig[], calculator: Calculator): Html {
  return html`<section class="calculator" id="calculator"><h2 class="small-head">What would it cost?</h2>
${calculatorForm(tiers, calculator)}
${sentence(calculator)}</section>`
}

function sentence({ projection, problem, tier }: Calculator): Html {
  if (problem !== undefined) return html`<p class="error" role="alert">${problem}</p>`
  if (projection === undefined) {
    return html`<p class="empty-state">Tier ${tier} had no live request in the last 7 days: say how many to expect.</p>`
  }
  return html`<p class="answer">${projectionSentence(projection)}</p>`
}

/** All models of the tier, and what the figures rest on; nothing without an answer. */
export function calculatorAnswer(calculator: Calculator): Html {
  const { projection } = calculator
  if (projection === undefined) return nothing
  const { tier, requestsPerDay } = projection
  return html`<section class="plain"><h2 class="small-head">The models of tier ${tier} at ${counted(Math.round(requestsPerDay), 'request')} a day</h2>
${modelsTable(projection)}
${priceFields(calculator, projection.models)}
<details><summary>What the figures rest on</summary>${basisWords(projection).map((words) => html`<p class="note">${words}</p>`)}</details>
${missing(projection)}</section>`
}

function modelsTable(projection: CostProjection): Html {
  const { titles, rows, aligns } = projectionTable(projection)
  const named = rows.map(([name = '', ...cells], index) => {
    return [modelLink(name, projection.models[index]?.isSimulated ?? false), ...cells]
  })
  return tableHtml({
    titles: titles.map(capitalized),
    rows: named,
    aligns,
  })
}

function missing({ models, tier }: CostProjection): Html {
  const items = models.flatMap((model) => {
    const remedy = priceRemedy(model, tier)
    return remedy === undefined ? [] : [html`<li>${model.model}: ${unknownWords(model)}. ${withCommands(remedy)}</li>`]
  })
  return items.length === 0 ? nothing : html`<h3>Without figures</h3><ul>${items}</ul>`
}
