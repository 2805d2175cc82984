import { money, scoreWithInterval } from '../../shared/format-number.ts'

/** What a history is a history of: a score, seconds, or dollars. */
export type HistoryScale = 'score' | 'seconds' | 'dollars'

interface Scale {
  limits: readonly [number, number]
  /** So that noise does not fill the frame. */
  leastSpan: number
  startsAtZero: boolean
  tick: (value: number) => string
  figure: (value: number, interval: readonly [number, number] | null) => string
}

const fromZero = [0, Number.POSITIVE_INFINITY] as const

export const historyScales: Record<HistoryScale, Scale> = {
  score: { limits: [0, 100], leastSpan: 8, startsAtZero: false, tick: String, figure: scoreWithInterval },
  seconds: {
    limits: fromZero,
    leastSpan: 0.1,
    startsAtZero: true,
    tick: (value) => `${value}\u202fs`,
    figure: (value) => `${value.toFixed(2)}\u202fs`,
  },
  dollars: {
    limits: fromZero,
    leastSpan: 0.001,
    startsAtZero: true,
    tick: (value) => (value === 0 ? '$0' : `$${value}`),
    figure: money,
  },
}
