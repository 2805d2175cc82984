import type { TierConfig } from '../../../config/tier-config.ts'
import type { ModelProjection } from '../../../reporting/cost-projection/cost-projection.ts'
import { type Html, html, nothing, trusted } from '../../../reporting/render-html/html.ts'
import type { Calculator } from './load-calculator.ts'

const formId = 'calculator-form'

/** A plain GET form: its answer has an address of its own, and works without JavaScript. */
export function calculatorForm(tiers: readonly TierConfig[], calculator: Calculator): Html {
  const { tier, fields, lately } = calculator
  const options = tiers.map(({ id, name }) => {
    return html`<option value="${id}"${id === tier ? trusted(' selected') : nothing}>${id} ${name}</option>`
  })
  const perDay = fields.perDay ?? (lately === undefined ? '' : String(Math.round(lately)))
  return html`<form method="get" action="/costs#calculator" id="${formId}" class="fields">
<label>Tier<select name="tier">${options}</select></label>
<label>Requests a day<input name="perDay" type="number" min="1" step="1" value="${perDay}"></label>
<label>Growth, % a month<input name="growth" type="number" step="any" value="${fields.growth ?? '0'}"></label>
${further(calculator)}
<button class="button filled">Calculate</button>
</form>`
}

/** What is rarely asked, open where something was given. */
function further({ fields, projection }: Calculator): Html {
  const input = (name: string, label: string, placeholder: string, step = '1') =>
    html`<label>${label}<input name="${name}" type="number" min="0" step="${step}" value="${fields[name] ?? ''}" placeholder="${placeholder}"></label>`
  return details(
    ['inputTokens', 'outputTokens', 'budget'].some((name) => name in fields),
    'Tokens and budget',
    html`<div class="fields">
${input('inputTokens', 'Tokens in, a request', 'as measured')}
${input('outputTokens', 'Tokens out', 'as measured')}
${input('budget', 'Budget, $ a month', String(projection?.budgetUsdPerMonth ?? 'none'), 'any')}
</div>`,
  )
}

/** Prices that are not, or not yet: they stand below the models and belong to the same form. */
export function priceFields({ fields }: Calculator, models: readonly ModelProjection[]): Html {
  return details(
    Object.keys(fields).some((name) => /^(in|out|from)\./.test(name)),
    'What if prices change?',
    html`<div class="prices">${models.map((model) => priceField(model, fields))}</div>
<button class="button" form="${formId}">Calculate</button>`,
  )
}

function details(isOpen: boolean, summary: string, body: Html): Html {
  return html`<details${isOpen ? trusted(' open') : nothing}><summary>${summary}</summary>${body}</details>`
}

function priceField({ model, prices }: ModelProjection, fields: Calculator['fields']): Html {
  const price = prices.find(({ from }) => from === null)?.price
  const shown = (usd: number | undefined) => (usd === undefined ? 'unknown' : String(usd))
  const amount = (name: string, label: string, usd: number | undefined) =>
    html`<label>${label}<input form="${formId}" name="${name}.${model}" type="number" min="0" step="any" value="${fields[`${name}.${model}`] ?? ''}" placeholder="${shown(usd)}"></label>`
  return html`<fieldset><legend>${model}, $ per 1,000 tokens</legend><div class="fields">
${amount('in', 'In', price?.inputUsdPer1k)}
${amount('out', 'Out', price?.outputUsdPer1k)}
<label>From (or now)<input form="${formId}" name="from.${model}" type="date" value="${fields[`from.${model}`] ?? ''}"></label>
</div></fieldset>`
}
