import { type Html, html } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { counted } from '../../../shared/counted.ts'
import type { ModelEntry } from '../../../workflows/pages/models.ts'
import { dayOf } from '../day-of.ts'
import { modelLink } from '../model-link.ts'
import { priceCells } from './price-cells.ts'

/** How many there are, and what of them cannot be asked or has no price. */
export function modelsLede(models: readonly ModelEntry[]): string {
  const of = (state: ModelEntry['state']) => models.filter((model) => model.state === state).length
  const unpriced = models.filter(({ hasPrice, state }) => !hasPrice && state !== 'retired').map(({ model }) => model)
  const parts = [
    ...(of('unavailable') === 0 ? [] : [`${of('unavailable')} cannot be asked`]),
    ...(of('retired') === 0 ? [] : [`${of('retired')} ${of('retired') === 1 ? 'is' : 'are'} retired`]),
    ...(unpriced.length === 0 ? [] : [`the price of ${unpriced.join(', ')} is unknown`]),
  ]
  const registered = `${counted(models.length, 'model')} ${models.length === 1 ? 'is' : 'are'} registered`
  return `${[registered, ...parts].join('; ')}.`
}

export function modelsTable(models: readonly ModelEntry[], timeZone: string, now: Date): Html {
  return tableHtml({
    titles: ['Model', 'Provider', 'Seats', 'Competes on', 'Last tested', '$ per 1,000 in', '$ per 1,000 out', 'State'],
    rows: models.map((model) => rowOf(model, timeZone, now)),
    aligns: 'lllllrrl',
  })
}

function rowOf(model: ModelEntry, timeZone: string, now: Date): (string | Html)[] {
  const { provider, seats, tiers, lastTested, isSimulated } = model
  return [
    modelLink(model.model, isSimulated),
    provider,
    seats.length === 0 ? '' : html`${seats.map(tierLink)}`,
    tiers.length === 0 ? '' : html`${tiers.map(tierLink)}`,
    lastTested === null ? 'never' : dayOf(lastTested, timeZone, now),
    ...priceCells(model),
    stateOf(model),
  ]
}

function tierLink(tier: number, index: number): Html {
  return html`${index === 0 ? '' : ', '}<a href="/tiers/${tier}">tier\u00a0${tier}</a>`
}

function stateOf({ state, notes, isBaseline }: ModelEntry): string | Html {
  const words = state === 'unavailable' ? 'cannot be asked' : isBaseline ? 'baseline' : state
  return notes.length === 0
    ? words
    : html`${state === 'unavailable' || isBaseline ? `${words}; ` : ''}${notes.join('; ')}`
}
