import { analyse } from '../../src/analysis/analyse.ts'
import { defaultSettings } from '../../src/analysis/decision-settings.ts'
import { fieldRelative } from '../../src/analysis/field-relative.ts'
import type { DrawnWeeks, Week } from './drawn-weeks.ts'
import { references } from './simulated-model.ts'

/** The source's rule: the highest min-max total of the week takes the seat, whatever the difference. */
export function naiveWinner(week: Week): string | undefined {
  const analysis = analyse({ refs: references, records: [...week.values()].flat() })
  const { scores } = fieldRelative(analysis, {}, defaultSettings.weights)
  const ranked = Object.entries(scores).toSorted(([, one], [, other]) => (other ?? 0) - (one ?? 0))
  return ranked[0]?.[0]
}

/** How often the seat changes hands by that rule. */
export function naiveFlips(drawn: DrawnWeeks, incumbent: string, weeks: number): number {
  let seat = incumbent
  let flips = 0
  for (let number = 1; number <= weeks; number += 1) {
    const winner = naiveWinner(drawn.week(number)) ?? seat
    if (winner !== seat) flips += 1
    seat = winner
  }
  return flips
}
