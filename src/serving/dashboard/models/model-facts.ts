import { type Html, html } from '../../../reporting/render-html/html.ts'
import { count } from '../../../shared/format-number.ts'
import type { ModelPage } from '../../../workflows/pages/model.ts'
import { dayOf } from '../day-of.ts'
import { priceCells } from './price-cells.ts'

const placements = {
  'in-process': 'within the service',
  local: 'on a computer of one’s own',
  remote: 'rented',
}

/** What the registry says of it. */
export function modelFacts(model: ModelPage, timeZone: string, now: Date): Html {
  const { provider, providerModelId, placement, family, pricingTier, contextTokens, tiers, price, lastTested } = model
  const [input, output] = priceCells(model)
  const facts: [string, string | undefined][] = [
    ['Provider', `${provider}, ${placements[placement]}`],
    ['Its name there', providerModelId === model.model ? undefined : providerModelId],
    ['Family', family ?? undefined],
    ['Price of 1,000 tokens', input === '$0' ? 'nothing is paid' : `${input} in, ${output} out`],
    ['Price as of', price === null ? undefined : `${dayOf(price.asOf, 'UTC', now)}, ${price.source}`],
    ['Price plan', pricingTier ?? undefined],
    ['Context', contextTokens === null ? undefined : `${count(contextTokens)} tokens`],
    ['Competes on', tiers.length === 0 ? 'no tier' : tiers.map((tier) => `tier ${tier}`).join(', ')],
    ['Last tested', lastTested === null ? 'never' : dayOf(lastTested, timeZone, now)],
  ]
  const items = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [html`<div><dt>${name}</dt><dd>${value}</dd></div>`],
  )
  return html`<dl class="facts">${items}</dl>`
}
