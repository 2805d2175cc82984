import type { ListSort } from '../../../database/list-order.ts'
import type { SampleColumn } from '../../../database/sample-queries.ts'
import { type Html, html, nothing, trusted } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { score, signed } from '../../../shared/format-number.ts'
import type { EvaluationPage } from '../../../workflows/pages/evaluation.ts'
import type { SampleItem } from '../../../workflows/pages/samples.ts'
import { hiddenOrder } from '../hidden-order.ts'
import { pager } from '../pager.ts'
import { type SortedList, sortHeads, sortNote } from '../sorted-list.ts'

export interface SampleListQuery {
  challenger?: string | undefined
  category?: string | undefined
  complexity?: string | undefined
  failure?: string | undefined
  sort?: ListSort<SampleColumn> | undefined
}

interface Shown {
  url: string
  query: SampleListQuery
}

/** The samples of an evaluation with filters, those that moved the decision most first or in the order of a column. */
export function sampleList(page: EvaluationPage, shown: Shown): Html {
  const { url, query } = shown
  const { pair, items, next } = page.list
  const { table, columns } = pair === null ? plainTable(page) : pairTable(page)
  const list = listOf(page, shown)
  const sorted = sortHeads(list, columns, table.aligns)
  return html`<section id="samples"><h2>Samples</h2><p class="note">${meaning(page, query)}</p>
${filters(page, query)}
${sortNote(list, columns, table.titles)}
${items.length === 0 ? html`<p class="empty-state">No sample is like that.</p>` : tableHtml({ ...table, ...sorted })}
${pager(url, next, '#samples')}</section>`
}

function listOf({ list: { pair, next } }: EvaluationPage, { url, query }: Shown): SortedList<SampleColumn> {
  const own: SortedList<SampleColumn>['own'] =
    pair === null
      ? { sort: { column: 'sample', isDescending: false }, words: 'By their keys' }
      : { sort: { column: 'moved', isDescending: true }, words: 'Those that moved it most first' }
  return { url, anchor: '#samples', sort: query.sort, own, next }
}

function meaning({ list: { pair } }: EvaluationPage, { sort }: SampleListQuery): string {
  if (pair === null) return `${sort === undefined ? 'By their keys, with' : 'With'} the accuracy of each model.`
  const order = `Those that moved the difference between ${pair.challenger} and ${pair.held} most come first; `
  return `${sort === undefined ? order : 'A difference that is '}positive speaks for ${pair.challenger}.`
}

function filters({ id, list, classes, report }: EvaluationPage, query: SampleListQuery): Html {
  const kinds = [...new Set((report?.failures ?? []).map(({ kind }) => kind))]
  const only = (name: 'category' | 'complexity') => [...new Set(classes.flatMap((each) => each[name] ?? []))]
  return html`<form method="get" action="/evaluations/${id}#samples" class="filters">
${
  list.pairs.length < 2
    ? nothing
    : select(
        'challenger',
        'Challenger',
        list.pairs.map(({ challenger }) => challenger),
        list.pair?.challenger,
      )
}
${select('category', 'Category', only('category'), query.category, 'all')}
${select('complexity', 'Complexity', only('complexity'), query.complexity, 'all')}
${kinds.length === 0 ? nothing : select('failure', 'Failed with', kinds, query.failure, 'all or none')}
${hiddenOrder(query.sort)}<button>Show</button></form>`
}

function select(
  name: string,
  label: string,
  values: readonly string[],
  chosen: string | undefined,
  all?: string,
): Html {
  if (values.length === 0) return nothing
  const options = values.map(
    (value) =>
      html`<option value="${value}"${value === chosen ? trusted(' selected') : nothing}>${value.replaceAll('_', ' ')}</option>`,
  )
  return html`<label>${label}<select name="${name}">${all === undefined ? nothing : html`<option value="">${all}</option>`}${options}</select></label>`
}

const pairColumns = ['sample', undefined, undefined, undefined, undefined, 'accuracy', 'total', 'moved'] as const
const plainColumns = ['sample'] as const

function pairTable({ list, id }: EvaluationPage) {
  const { held = '', challenger = '' } = list.pair ?? {}
  const table = {
    titles: ['Sample', 'Category', 'Complexity', held, challenger, 'Accuracy', 'Total', 'Moved by'],
    rows: list.items.map((item) => [
      link(id, item, `${held},${challenger}`),
      ...classCells(item),
      scoreCell(item, held),
      scoreCell(item, challenger),
      difference(item.accuracy, 1),
      difference(item.total, 1),
      difference(item.pull, 2),
    ]),
    aligns: 'lllrrrrr',
  }
  return { table, columns: pairColumns }
}

function plainTable({ list, id }: EvaluationPage) {
  const models = [...new Set(list.items.flatMap(({ scores }) => scores.map(({ model }) => model)))]
  const table = {
    titles: ['Sample', 'Category', 'Complexity', ...models],
    rows: list.items.map((item) => [
      link(id, item, models.slice(0, 2).join(',')),
      ...classCells(item),
      ...models.map((model) => scoreCell(item, model)),
    ]),
    aligns: `lll${'r'.repeat(models.length)}`,
  }
  return { table, columns: plainColumns }
}

function link(id: string, { sample }: SampleItem, models: string): Html {
  return html`<a href="/evaluations/${id}/samples/${encodeURIComponent(sample)}?models=${encodeURIComponent(models)}">${sample}</a>`
}

function classCells({ category, complexity }: SampleItem): string[] {
  return [(category ?? '').replaceAll('_', ' '), complexity ?? '']
}

function scoreCell({ scores }: SampleItem, model: string): string {
  const found = scores.find((each) => each.model === model)
  if (found === undefined) return 'not asked'
  return `${score(found.accuracy)}${found.failed === 0 ? '' : ` (${found.failed} of ${found.asked} failed)`}`
}

function difference(points: number | null, decimals: number): string {
  return points === null ? '' : signed(points, decimals)
}
