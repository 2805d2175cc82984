import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import type { DatasetSamplePage } from '../../../workflows/pages/datasets.ts'
import { inputText } from './input-text.ts'

/** One sample of golden data: what it asks, and what a perfect answer is for each tier. */
export function datasetSampleBody(page: DatasetSamplePage, tiers: readonly { id: number; name: string }[]): Html {
  const { reference, sample, category, complexity, notes, verifiedBy, input, targets } = page
  const where = [category?.replaceAll('_', ' '), complexity].filter((word) => word != null).join(' · ')
  const nameOf = (tier: number) => tiers.find(({ id }) => id === tier)?.name ?? ''
  return html`<p class="small"><a href="/datasets">Data</a> · <a href="/datasets/${reference}">${reference}</a></p>
<h1>Sample ${sample}</h1>
<p class="lede">${where}${notes === null ? '' : `${where === '' ? '' : '. '}${notes}`}</p>
<p class="note">Targets: ${verifiedBy ?? 'nobody stands for them'}</p>
<section><h2>What it asks</h2>${inputText(input)}</section>
<section><h2>What a perfect answer is</h2>
${targets.length === 0 ? html`<p>No tier has a target for it.</p>` : nothing}
${targets.map(({ tier, target }) => html`<h3>Tier ${tier} ${nameOf(tier)}</h3><pre class="target-json" tabindex="0">${JSON.stringify(target, undefined, 2)}</pre>`)}</section>`
}
