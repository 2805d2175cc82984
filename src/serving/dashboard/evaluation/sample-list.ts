import { type Html, html, nothing, trusted } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { score, signed } from '../../../shared/format-number.ts'
import type { EvaluationPage } from '../../../workflows/pages/evaluation.ts'
import type { SampleItem } from '../../../workflows/pages/samples.ts'
import { pager } from '../pager.ts'

export interface SampleListQuery {
  challenger?: string | undefined
  category?: string | undefined
  complexity?: string | undefined
  failure?: string | undefined
}

/** The samples of an evaluation with filters, those that moved the decision most first. */
export function sampleList(page: EvaluationPage, { url, query }: { url: string; query: SampleListQuery }): Html {
  const { list } = page
  const order =
    list.pair === null
      ? 'By their keys, with the accuracy of each model.'
      : `Those that moved the difference between ${list.pair.challenger} and ${list.pair.held} most come first; positive speaks for ${list.pair.challenger}.`
  const table =
    list.items.length === 0
      ? html`<p class="empty-state">No sample is like that.</p>`
      : tableHtml(list.pair === null ? plainTable(page) : pairTable(page))
  return html`<section id="samples"><h2>Samples</h2><p class="note">${order}</p>
${filters(page, query)}
${table}
${pager(url, list.next, '#samples')}</section>`
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
<button>Show</button></form>`
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

function pairTable({ list, id }: EvaluationPage) {
  const { held = '', challenger = '' } = list.pair ?? {}
  return {
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
}

function plainTable({ list, id }: EvaluationPage) {
  const models = [...new Set(list.items.flatMap(({ scores }) => scores.map(({ model }) => model)))]
  return {
    titles: ['Sample', 'Category', 'Complexity', ...models],
    rows: list.items.map((item) => [
      link(id, item, models.slice(0, 2).join(',')),
      ...classCells(item),
      ...models.map((model) => scoreCell(item, model)),
    ]),
    aligns: `lll${'r'.repeat(models.length)}`,
  }
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
