import { driftChart } from '../../../reporting/charts/drift-chart.ts'
import { chartFigure } from '../../../reporting/render-html/chart-figure.ts'
import {
  comparisonFigure,
  differenceFigure,
  historyFigure,
  paretoFigure,
} from '../../../reporting/render-html/evaluation-figures.ts'
import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import { counted } from '../../../shared/counted.ts'
import type { DriftPicture } from '../../../workflows/pages/drift-picture.ts'
import type { TierPage } from '../../../workflows/pages/tier.ts'
import { drawnOnce } from '../drawn-once.ts'

/** Each is nothing where there is nothing to draw. */

export function historySection({ evaluation }: TierPage, timeZone: string): Html {
  return evaluation === null ? nothing : drawnOnce(historyFigure, evaluation, timeZone)
}

export function comparisonSection({ evaluation }: TierPage): Html {
  if (evaluation === null) return nothing
  return html`${drawnOnce(comparisonFigure, evaluation)}<div class="halves">${drawnOnce(differenceFigure, evaluation)}${drawnOnce(paretoFigure, evaluation)}</div>`
}

/** Against its own first runs: an accuracy that falls slowly is seen nowhere else. */
export function driftSection({ drift }: TierPage, timeZone: string): Html {
  if (drift === null || drift.points.length < 2) return nothing
  const data = driftData(drift, timeZone)
  const floor = drift.floor === null ? '' : ', and against its floor'
  return chartFigure({
    title: 'Has it held?',
    note: `Accuracy of ${drift.model} since it took the seat, ${counted(drift.points.length, 'run')}, against the mean of its first four${floor}.`,
    wide: drawnOnce(driftChart, data),
    phone: drawnOnce(driftChart, data, 'phone'),
  })
}

function driftData({ model, isSimulated, points, baseline, floor }: DriftPicture, timeZone: string) {
  return {
    model,
    isSimulated,
    baseline,
    floor,
    timeZone,
    points: points.map(({ at, accuracy, accuracyCi95, status }) => {
      return { at: new Date(at), value: accuracy, interval: accuracyCi95, status }
    }),
  }
}
