import { type History, historyChart } from '../../../reporting/charts/history-chart.ts'
import { chartFigure } from '../../../reporting/render-html/chart-figure.ts'
import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import { perThousand, score, scoreWithInterval, timeUnit } from '../../../shared/format-number.ts'
import type { ModelPage, TrendPoint } from '../../../workflows/pages/model.ts'
import { drawnOnce } from '../drawn-once.ts'

const mostPoints = 26

/** Accuracy, time and cost of a model on each tier that tested it twice. */
export function modelTrends(model: ModelPage, timeZone: string): Html {
  const shown = model.trends.filter(({ points }) => points.length > 1)
  if (shown.length === 0) return nothing
  return html`<section class="plain"><h2 class="small-head">Week by week</h2>
<p class="note">Of evaluations on golden data; the band is the 95\u202f% interval, a dotted line marks what makes results incomparable. A point without an interval is hollow.</p>
${shown.map((trend) => tierTrends(model, trend, timeZone))}</section>`
}

function tierTrends(model: ModelPage, { tier, tierName, points }: ModelPage['trends'][number], timeZone: string): Html {
  const newest = points.slice(-mostPoints)
  const last = newest.at(-1)
  const cost = last?.costUsdPerCall ?? null
  const charts = [
    { title: `Accuracy ${accuracyWords(last)}`, history: historyOf(model, newest, 'accuracy', timeZone) },
    { title: `Median time ${timeWords(last)}`, history: historyOf(model, newest, 'median time', timeZone) },
    {
      title: cost === null ? 'Cost: price unknown' : `${perThousand(cost * 1000)} per 1,000 calls`,
      history: historyOf(model, newest, 'cost per 1,000 calls', timeZone),
    },
  ]
  const figures = charts.map(({ title, history }) =>
    chartFigure({ title, note: '', wide: drawnOnce(historyChart, history, 'small') }),
  )
  return html`<div class="trends"><p class="label"><b>Tier ${tier}</b> ${tierName}</p>${figures}</div>`
}

type Measure = 'accuracy' | 'median time' | 'cost per 1,000 calls'

function historyOf(model: ModelPage, points: readonly TrendPoint[], measure: Measure, timeZone: string): History {
  const changes = points.flatMap(({ at, changed }) =>
    changed === null ? [] : [{ at: new Date(at), words: `new ${changed.split(', ').slice(0, 2).join(', ')}` }],
  )
  const scale = { accuracy: undefined, 'median time': 'seconds', 'cost per 1,000 calls': 'dollars' } as const
  const own = scale[measure]
  return {
    measure,
    ...(own === undefined ? {} : { scale: own }),
    series: [
      {
        model: model.model,
        place: model.number,
        isSimulated: model.isSimulated,
        points: points.map((point) => ({ at: new Date(point.at), ...measured(point, measure) })),
      },
    ],
    changes: measure === 'accuracy' ? changes : [],
    timeZone,
  }
}

function measured({ accuracy, accuracyCi95, p50Ms, costUsdPerCall }: TrendPoint, measure: Measure) {
  if (measure === 'accuracy') return { value: accuracy, interval: accuracyCi95 }
  if (measure === 'median time') return { value: p50Ms === null ? null : p50Ms / 1000, interval: null }
  return { value: costUsdPerCall === null ? null : costUsdPerCall * 1000, interval: null }
}

function accuracyWords(point: TrendPoint | undefined): string {
  if (point?.accuracy == null) return score(undefined)
  return scoreWithInterval(point.accuracy, point.accuracyCi95)
}

function timeWords(point: TrendPoint | undefined): string {
  if (point?.p50Ms == null) return 'unknown'
  const { unit, figure } = timeUnit([point.p50Ms])
  return `${figure(point.p50Ms)}\u202f${unit}`
}
