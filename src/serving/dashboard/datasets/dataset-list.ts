import { type Html, html } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { withCommands } from '../../../reporting/render-html/with-commands.ts'
import { counted } from '../../../shared/counted.ts'
import { count } from '../../../shared/format-number.ts'
import type { DatasetItem } from '../../../workflows/pages/datasets.ts'

/** The versions of golden data that are known. */
export function datasetList(items: readonly DatasetItem[]): Html {
  if (items.length === 0) {
    return html`<h1>There is no golden data yet.</h1>
<div class="empty-state"><p>No dataset of a tier could be read, so nothing can be evaluated.</p><p>${withCommands('npx incumbent datasets list')}</p></div>`
  }
  const used = items.filter(({ tiers }) => tiers.length > 0)
  return html`<h1>${used.map(sentence).join(' ') || `${counted(items.length, 'version')} of golden data, none of them in use.`}</h1>
${tableHtml({
  titles: ['Dataset', 'Samples', 'Tiers that use it now'],
  rows: items.map(({ reference, samples, tiers }) => [
    html`<a href="/datasets/${reference}">${reference}</a>`,
    count(samples),
    tiers.length === 0 ? 'none' : tiers.join(', '),
  ]),
  aligns: 'lrl',
})}`
}

function sentence({ reference, samples, tiers }: DatasetItem): string {
  const words =
    tiers.length === 1 ? `Tier ${tiers[0]} is` : `Tiers ${tiers.slice(0, -1).join(', ')} and ${tiers.at(-1)} are`
  return `${words} judged on the ${counted(samples, 'sample')} of ${reference}.`
}
