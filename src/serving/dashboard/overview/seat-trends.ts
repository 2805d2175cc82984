import { historyChart } from '../../../reporting/charts/history-chart.ts'
import { type Html, html, nothing, trusted } from '../../../reporting/render-html/html.ts'
import { scoreWithInterval } from '../../../shared/format-number.ts'
import type { OverviewPage } from '../../../workflows/pages/overview.ts'
import type { SeatPicture } from '../../../workflows/pages/seat-picture.ts'
import { drawnOnce } from '../drawn-once.ts'

/** How good the holders of the seats have been, week after week. */
export function seatTrends({ seats }: OverviewPage, timeZone: string): Html {
  const charts = seats.map((seat) => seatTrend(seat, timeZone))
  const most = Math.max(...seats.map(({ trend }) => trend.length))
  if (most < 2) return nothing
  return html`<div><h2 class="title">Quality of the seats, ${most} evaluations</h2>
<p class="note">Accuracy on golden data with its 95\u202f% band; a dotted line marks a change of model.</p>
<div class="seat-trends">${charts}</div></div>`
}

function seatTrend({ tier, model, isSimulated, trend }: SeatPicture, timeZone: string): Html {
  const chart = drawnOnce(
    historyChart,
    {
      measure: 'accuracy',
      timeZone,
      series: [
        {
          model: model ?? `tier ${tier}`,
          place: 'incumbent',
          isSimulated,
          points: trend.map(({ at, accuracy, accuracyCi95 }) => ({
            at: new Date(at),
            value: accuracy,
            interval: accuracyCi95,
          })),
        },
      ],
      changes: trend.flatMap(({ at, model: holder }, index) => {
        const before = trend[index - 1]
        return before === undefined || before.model === holder ? [] : [{ at: new Date(at), words: 'switch' }]
      }),
    },
    'small',
  )
  const last = trend.findLast(({ accuracy }) => accuracy !== null)
  const words = last?.accuracy == null ? '' : scoreWithInterval(last.accuracy, last.accuracyCi95)
  if (chart === undefined) return nothing
  return html`<div class="seat-trend"><p class="small"><a href="/tiers/${tier}">Tier ${tier}</a> ${words}</p>${trusted(chart.svg)}</div>`
}
