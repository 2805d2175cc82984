import { rate } from '../shared/format-number.ts'
import type { AbStanding } from '../workflows/rollout/ab-standing.ts'
import { textTable } from './text-table.ts'

type Comparison = AbStanding['comparisons'][number]
type Arm = Comparison['arms']['incumbent']

/** What each arm of an A/B test did, and whether they differ. */
export function abText({ sentence, incumbent, challenger, comparisons }: AbStanding): string {
  const columns = ['', incumbent, challenger, 'difference'].map((title) => ({ title }))
  const rows = comparisons.map(({ metric, arms, verdict }) => [
    metric,
    armWords(arms.incumbent),
    armWords(arms.challenger),
    verdictWords[verdict],
  ])
  const note =
    'Rates with 95\u202f% intervals. The test of the difference may be looked at at any time; its level is 5\u202f% for each row.'
  return [sentence, textTable(columns, rows), note].join('\n\n')
}

const verdictWords: Record<Comparison['verdict'], string> = {
  'challenger-better': 'the challenger is better',
  'challenger-worse': 'the challenger is worse',
  'not-shown': 'none shown',
}

function armWords(arm: Arm): string {
  if (arm === null) return 'no requests'
  const [low, high] = arm.interval
  return `${arm.events} of ${arm.n}: ${rate(arm.rate)} (${rate(low)} to ${rate(high)})`
}
