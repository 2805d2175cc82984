import { studentQuantile } from '../analysis/statistics/student-t.ts'
import type { MeasuredComparison } from './recommendation.ts'

/** `samples` are all that are needed, `more` those beyond the present ones. */
export type SamplesNeeded =
  /** The gain is shown, or these samples would show it in 80 % of the cases. */
  | { status: 'enough' }
  | { status: 'more'; samples: number; more: number }
  /** More than a hundred thousand. */
  | { status: 'out-of-reach' }
  /** There is no gain to see. */
  | { status: 'no-gain' }

type Measured = Pick<
  MeasuredComparison,
  'clusters' | 'clustersEffective' | 'delta' | 'deltaLowerSwitch' | 'se' | 'alphaLook'
>

const power = 0.8
const most = 100_000

/**
 * How many independent samples it takes to see the observed gain, if it is the true one, at the level of a switch in 80 % of
 * the cases: the smallest n with (t_{1−α} + t_{.8}) · SE(n) ≤ gain. SE(n) is SE · √(G/n), and at least 50/n as in the
 * verdict itself (decisions.md sections 2 and 6.2); degrees of freedom grow with n.
 */
export function samplesNeeded(comparison: Measured): SamplesNeeded {
  const { clusters, delta, deltaLowerSwitch } = comparison
  if (delta <= 0) return { status: 'no-gain' }
  if (deltaLowerSwitch > 0 || isSeen(clusters, comparison)) return { status: 'enough' }
  if (!isSeen(most, comparison)) return { status: 'out-of-reach' }
  let [tooFew, enough] = [clusters, most]
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2)
    if (isSeen(middle, comparison)) enough = middle
    else tooFew = middle
  }
  return { status: 'more', samples: enough, more: enough - clusters }
}

function isSeen(
  samples: number,
  { clusters, clustersEffective, delta, se, alphaLook }: Omit<Measured, 'deltaLowerSwitch'>,
): boolean {
  const error = Math.max(se * Math.sqrt(clusters / samples), 50 / samples)
  const degrees = (clustersEffective * samples) / clusters - 1
  return (studentQuantile(1 - alphaLook, degrees) + studentQuantile(power, degrees)) * error <= delta
}
