import { rate } from '../../shared/format-number.ts'
import type { Chart } from './chart.ts'
import { bar, disc, plainSvg, tick } from './plain-svg.ts'
import type { Token } from './tokens.ts'

/** A limit that live traffic is held to. Shares, 0 to 1. */
export interface Guard {
  name: string
  /** Null: nothing seen yet. */
  seen: number | null
  /** Upper bound, 95 %. */
  bound: number | null
  limit: number
  hasAlarm: boolean
  isSimulated: boolean
}

export type GuardState = 'within' | 'not proven yet' | 'alarm' | 'nothing seen yet'

const size = { width: 200, height: 18 }
const [left, right, middle] = [6, 194, 9]

/** Is it within its limit? A dot for what was seen, a line to its bound, a red mark for the limit. */
export function guardRow(guard: Guard): Chart {
  const { name, seen, bound, limit } = guard
  const state = guardState(guard)
  const finding =
    seen === null || bound === null
      ? `${name}: nothing seen yet, the limit is ${rate(limit)}.`
      : `${name}: ${rate(seen)}, at most ${rate(bound)}, the limit is ${rate(limit)}: ${state}.`
  const table = {
    titles: ['Guard', 'Seen', 'Upper bound, 95\u202f%', 'Limit', 'State'],
    rows: [[name, ...[seen, bound].map((share) => (share === null ? '' : rate(share))), rate(limit), state]],
    aligns: 'lrrrl',
  }
  return { svg: plainSvg(size, finding, parts(guard, state)), finding, table, size }
}

/** Amber while the bound passes the limit, red only when the alarm fired. */
export function guardState({ seen, bound, limit, hasAlarm }: Guard): GuardState {
  if (hasAlarm) return 'alarm'
  if (seen === null || bound === null) return 'nothing seen yet'
  return bound > limit ? 'not proven yet' : 'within'
}

function parts({ seen, bound, limit, isSimulated }: Guard, state: GuardState): string[] {
  const most = Math.min(1, Math.max(limit * 1.35, (bound ?? 0) * 1.05, (seen ?? 0) * 1.05)) || 1
  const toX = (share: number) => left + Math.min(1, share / most) * (right - left)
  const tones: Record<GuardState, Token> = {
    within: isSimulated ? 'sim' : 'challenger',
    'not proven yet': 'warn',
    alarm: 'bad',
    'nothing seen yet': 'ink-3',
  }
  const fill = tones[state]
  const track = bar({ x: left - 6, y: middle - 3, width: right - left + 12, height: 6, fill: 'line' })
  const limitMark = tick(toX(limit), 1, 17, 'bad', 2)
  if (seen === null || bound === null) return [track, limitMark]
  const line = bar({ x: toX(seen), y: middle - 1.5, width: toX(bound) - toX(seen), height: 3, fill })
  return [track, line, limitMark, disc(toX(seen), middle, 5.5, fill)]
}
