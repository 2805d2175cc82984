import type { RolloutCounts } from '../guards/rollout-counts.ts'
import type { Rollout, RunningState } from '../rollout.ts'
import type { Tally, TallyArm } from './count-observation.ts'

const hourMs = 60 * 60 * 1000

/** Half of the structured answers has to be comparable before disagreement is judged: its rate is one of all requests. */
const leastCompared = 0.5

/**
 * What the guards of a running stage are asked with. While the incumbent's earlier requests are not known, its own of this
 * stage stand in for them, so that a challenger that fails outright is caught; `transition` promotes nothing before they are.
 * @param goldenDisagree disagreements of both on golden samples; undefined: not judged
 */
export function rolloutCountsOf(
  { baseline }: Pick<Rollout, 'baseline'>,
  state: RunningState,
  tallies: Readonly<Record<TallyArm, Tally>>,
  now: Date,
  goldenDisagree?: RolloutCounts['goldenDisagree'],
): RolloutCounts {
  const { incumbent, challenger } = tallies
  const isJudged = goldenDisagree !== undefined && challenger.compared >= leastCompared * challenger.n
  return {
    stage: state.stage,
    hours: Math.max(0, now.getTime() - state.countsSince.getTime()) / hourMs,
    share: state.stage === 'partial' ? state.share : 0.5,
    canary: {
      n: challenger.n,
      errors: challenger.errors,
      invalid: challenger.invalid,
      slow: challenger.slow,
      ...(isJudged ? { disagree: challenger.disagree } : {}),
    },
    control: { n: incumbent.n, errors: incumbent.errors, slow: incumbent.slow },
    baseline: baseline ?? { n: incumbent.n, errors: incumbent.errors, invalid: incumbent.invalid },
    ...(isJudged ? { goldenDisagree } : {}),
  }
}
