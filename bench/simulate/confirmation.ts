import { recommend } from '../../src/recommendation/recommend.ts'
import { confirmSwitch } from '../../src/rollout/confirm-switch.ts'
import type { DrawnWeeks, Week } from './drawn-weeks.ts'
import { itemNames, references } from './simulated-model.ts'

const terms = { refs: references, items: itemNames, challengers: 1, config: { bootstrap: 0 } }

/**
 * Whether a challenger takes the seat of a tier without live traffic within so many looks: each `switch` is confirmed, or not,
 * by a re-run of both models whose answers alone count; one that is not is tried again with the next look.
 * @param drawn in which each re-run is a week of its own, after those of all looks
 */
export function isSeatTaken([held, challenger]: readonly [string, string], drawn: DrawnWeeks, looks: number): boolean {
  const answersOf = (week: Week) => [...(week.get(held) ?? []), ...(week.get(challenger) ?? [])]
  const pooled: ReturnType<typeof answersOf> = []
  for (let look = 1; look <= looks; look += 1) {
    pooled.push(...answersOf(drawn.week(look)))
    const verdict = recommend({ ...terms, incumbent: held, looks: { [challenger]: look }, records: pooled })
    if (verdict.decision !== 'switch') continue
    const records = answersOf(drawn.week(looks + look))
    const { comparisons } = recommend({ ...terms, incumbent: held, looks: { [challenger]: 1 }, records })
    if (confirmSwitch(comparisons.find(({ model }) => model === challenger)).isConfirmed) return true
  }
  return false
}
