import { type GoldenColumn, type GoldenListEntry, goldenColumns } from '../../../database/golden-page-queries.ts'
import type { ListSort } from '../../../database/list-order.ts'
import { type Html, html, nothing, trusted } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { counted } from '../../../shared/counted.ts'
import { count, score } from '../../../shared/format-number.ts'
import type { DatasetPage } from '../../../workflows/pages/datasets.ts'
import { isCheckedByPerson } from '../../../workflows/pages/golden-words.ts'
import { dayOf } from '../day-of.ts'
import { hiddenOrder } from '../hidden-order.ts'
import { pager } from '../pager.ts'
import { sortHeads, sortNote } from '../sorted-list.ts'

interface Shown {
  timeZone: string
  now: Date
  url: string
  query: {
    category?: string | undefined
    complexity?: string | undefined
    sort?: ListSort<GoldenColumn> | undefined
  }
}

/** A version of golden data: whether a person checked it, what it consists of, what is hard, and its samples. */
export function datasetBody(
  page: DatasetPage,
  samples: { items: readonly GoldenListEntry[]; next: string | null },
  shown: Shown,
): Html {
  const { description, reference } = page
  return html`<p class="small"><a href="/datasets">Data</a></p>
<h1>${reference} has ${counted(page.samples, 'sample')}; ${checkedWords(page)}</h1>
${description === null ? nothing : html`<p class="lede">${description.about} ${description.ofVersion}</p>`}
${facts(page, shown)}
<div class="beside equal"><div>${classTable(page)}</div><div>${page.hardest.map((hard) => hardest(hard, shown))}</div></div>
<section id="samples"><h2>Samples</h2>
${filters(page, shown.query)}
${sampleTable(page, samples, shown)}
${pager(shown.url, samples.next, '#samples')}</section>`
}

function checkedWords({ verifiedBy, samples }: DatasetPage): string {
  const byNobody = verifiedBy.filter(({ words }) => !isCheckedByPerson(words))
  const unchecked = byNobody.reduce((sum, each) => sum + each.samples, 0)
  if (unchecked === 0) return 'a person checked every target.'
  return unchecked === samples
    ? 'no person has checked its targets.'
    : `a person checked ${count(samples - unchecked)} of them.`
}

function facts(page: DatasetPage, { timeZone, now }: Shown): Html {
  const { description, verifiedBy, usedBy, tiers } = page
  const items: [string, string][] = [
    ['Tiers', tiers.length === 0 ? 'none now' : tiers.join(', ')],
    ...(description === null
      ? []
      : ([
          ['Licence', description.licence],
          ['Made by', description.madeBy],
        ] as [string, string][])),
    ...verifiedBy.map(({ words, samples }): [string, string] => [
      `Targets of ${count(samples)}`,
      words ?? 'nobody stands for them',
    ]),
    ...usedBy.map(({ task, hash, firstUsedAt }): [string, string] => [
      `Unchanged for ${task}`,
      `since ${dayOf(firstUsedAt, timeZone, now)}, hash ${hash.slice(0, 12)}`,
    ]),
  ]
  return html`<dl class="particulars stacked">${items.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`
}

const complexities = ['simple', 'moderate', 'complex']

function classTable({ classes }: DatasetPage): Html {
  const categories = [...new Set(classes.map(({ category }) => category))]
  const others = [...new Set(classes.map(({ complexity }) => complexity))].filter(
    (name) => !complexities.includes(name ?? ''),
  )
  const columns = [...complexities, ...others]
  const samplesOf = (category: string | null, complexity: string | null) =>
    classes
      .filter((each) => each.category === category && (complexity === null || each.complexity === complexity))
      .reduce((sum, { samples }) => sum + samples, 0)
  const rows = categories.map((category) => [
    (category ?? 'without').replaceAll('_', ' '),
    ...columns.map((complexity) => countOrNothing(samplesOf(category, complexity))),
    count(classes.filter((each) => each.category === category).reduce((sum, { samples }) => sum + samples, 0)),
  ])
  const titles = ['Category', ...columns.map((name) => name ?? 'without'), 'All']
  return tableHtml({ titles, rows, aligns: `l${'r'.repeat(columns.length + 1)}` }, 'Category by complexity')
}

function countOrNothing(samples: number): string {
  return samples === 0 ? '' : count(samples)
}

function hardest(
  { tier, tierName, evaluation, evaluatedAt, samples }: DatasetPage['hardest'][number],
  { timeZone, now }: Shown,
): Html {
  const when = evaluatedAt === null ? '' : `, ${dayOf(evaluatedAt, timeZone, now)}`
  const rows = samples.map(({ sample, models, modelsRight, accuracy }) => [
    html`<a href="/evaluations/${evaluation}/samples/${encodeURIComponent(sample)}">${sample}</a>`,
    `${modelsRight} of ${models}`,
    score(accuracy),
  ])
  const titles = ['Sample', 'Models right', 'Mean accuracy']
  return tableHtml({ titles, rows, aligns: 'lrr' }, `Hardest samples for tier ${tier} ${tierName}${when}`)
}

function filters({ reference, classes }: DatasetPage, query: Shown['query']): Html {
  const select = (name: 'category' | 'complexity', label: string) => {
    const values = [...new Set(classes.flatMap((each) => each[name] ?? []))]
    const options = values.map(
      (value) =>
        html`<option value="${value}"${value === query[name] ? trusted(' selected') : nothing}>${value.replaceAll('_', ' ')}</option>`,
    )
    return html`<label>${label}<select name="${name}"><option value="">all</option>${options}</select></label>`
  }
  return html`<form method="get" action="/datasets/${reference}#samples" class="filters">${select('category', 'Category')}${select('complexity', 'Complexity')}${hiddenOrder(query.sort)}<button>Show</button></form>`
}

function sampleTable(
  { reference }: DatasetPage,
  { items, next }: { items: readonly GoldenListEntry[]; next: string | null },
  { url, query }: Shown,
): Html {
  if (items.length === 0) return html`<p class="empty-state">No sample is like that.</p>`
  const rows = items.map(({ sample, category, complexity, title, text }) => [
    html`<a href="/datasets/${reference}/samples/${encodeURIComponent(sample)}">${sample}</a>`,
    (category ?? '').replaceAll('_', ' '),
    complexity ?? '',
    html`${title === null ? nothing : html`<b>${title}</b> `}<span class="small">${text ?? ''}</span>`,
  ])
  const titles = ['Sample', 'Category', 'Complexity', 'What it asks']
  const list = { url, anchor: '#samples', sort: query.sort, own, next }
  const table = tableHtml({ titles, rows, aligns: 'llll', ...sortHeads(list, goldenColumns, 'l') })
  return html`${sortNote(list, goldenColumns, titles)}${table}`
}

const own = { sort: { column: 'sample', isDescending: false }, words: 'By their keys' } as const
