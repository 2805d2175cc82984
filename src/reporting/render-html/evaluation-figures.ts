import { counted } from '../../shared/counted.ts'
import { comparisonChart } from '../charts/comparison-chart.ts'
import { type DifferenceRow, differenceChart, sideWords } from '../charts/difference-chart.ts'
import { datesOf, type History, historyChart } from '../charts/history-chart.ts'
import { paretoChart } from '../charts/pareto-chart.ts'
import type { EvaluationReport } from '../cycle-report.ts'
import { accuracyAgainstCostOf, comparisonOf, differencesOf, historyOf } from '../evaluation-charts.ts'
import { chartFigure } from './chart-figure.ts'
import { type Html, html, nothing } from './html.ts'

/** Each is nothing where there is nothing to draw: the reasoning beside it says why. */

export function differenceFigure(evaluation: EvaluationReport): Html {
  const differences = differencesOf(evaluation)
  const [first] = differences.rows
  if (first === undefined) return nothing
  return chartFigure({
    title: headline(first, differences.incumbent),
    note: `Each challenger against ${differences.incumbent} on the same samples: difference in ${differences.measure} with its 95\u202f% interval. Right of the line is better.`,
    wide: differenceChart(differences),
    phone: differenceChart(differences, 'phone'),
  })
}

function headline(row: DifferenceRow, incumbent: string): string {
  return `${row.model} ${sideWords(row, ` than ${incumbent}`)}`
}

export function comparisonFigure(evaluation: EvaluationReport): Html {
  const comparison = comparisonOf(evaluation)
  const line = comparison.models.every(({ place }) => place !== 'incumbent')
    ? ''
    : 'The upright line is the incumbent. '
  const figure = chartFigure({
    title: 'How the models compare',
    note: `${line}Lines are 95\u202f% intervals of each model on its own; the verdict uses the paired difference, which is sharper.`,
    wide: comparisonChart(comparison),
    phone: comparisonChart(comparison, 'phone'),
  })
  return figure.markup === '' ? nothing : html`<div class="broad">${figure}</div>`
}

export function historyFigure(evaluation: EvaluationReport, timeZone: string): Html {
  const history = historyOf(evaluation, timeZone)
  const dates = datesOf(history.series).length
  if (dates < 2) return nothing
  return chartFigure({
    title: `Accuracy over ${counted(dates, 'evaluation')}`,
    note: `Accuracy on golden data ${evaluation.dataset} with its 95\u202f% interval. A break in a line means not tested; a dotted line marks what changed.${bandWords(history)}`,
    wide: historyChart(history),
    phone: historyChart(history, 'phone'),
  })
}

/** Many bands would hide each other. */
function bandWords({ series }: History): string {
  if (series.length <= 3) return ''
  return series.some(({ place }) => place === 'incumbent')
    ? ' The band is the incumbent’s; the intervals of the others stand at their names.'
    : ' Of more than three models no band is drawn; their intervals stand at their names.'
}

export function paretoFigure(evaluation: EvaluationReport): Html {
  const models = accuracyAgainstCostOf(evaluation)
  if (models.models.length < 2) return nothing
  const missing = models.models
    .filter(({ costPerThousand }) => costPerThousand.value === null)
    .map(({ model }) => model)
  const left = missing.length === 0 ? '' : ` Not shown, because the price is unknown: ${missing.join(', ')}.`
  return chartFigure({
    title: 'Accuracy against cost',
    note: `Up and left is better. The dashed step joins the models that no other beats on both.${left}`,
    wide: paretoChart(models),
    phone: paretoChart(models, 'phone'),
  })
}
