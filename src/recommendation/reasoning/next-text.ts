import type { Decision } from '../recommendation.ts'
import { isRefused, type Story, seatWords } from './story.ts'

/** What follows from the verdict, and what a person can do about it. */
export function nextText(story: Story): string {
  if (story.degraded === true) return `Next: ${afterRollback(story)}`
  const steps = story.applies === false ? [trial, ...advice(story)] : next[story.recommendation.decision](story)
  return `Next: ${steps.join(' ')}`
}

const trial = 'Nothing follows by itself: the run was made with --no-apply or --limit, and does not count as a look.'

function afterRollback({ recommendation: { incumbent } }: Story): string {
  return `The next run compares with the model that holds the seat then; where ${incumbent} had to give it back, it is locked.`
}

/** What helps whether or not the verdict is applied. */
function advice(story: Story): string[] {
  const { decision } = story.recommendation
  return decision === 'switch' || decision === 'recommend' || decision === 'initial_assignment'
    ? []
    : next[decision](story)
}

const next: Record<Decision, (story: Story) => string[]> = {
  switch: (story) => [
    story.refusal !== undefined
      ? `${story.recommendation.target} does not move: ${story.refusal}.`
      : movement(story, story.hasLiveTraffic === false ? withoutTraffic(story) : withTraffic(story)),
  ],
  recommend: (story) => [
    movement(
      story,
      `${story.recommendation.target} goes to the shadow and stays there until a later run shows more, or a person decides.`,
    ),
  ],
  keep: keeping,
  insufficient_data: tooLittle,
  invalid_run: (story) => [
    'Find out why the calls failed and run again; this run does not count as a look.',
    ...standIn(story),
  ],
  incumbent_missing: (story) => [`Make ${story.recommendation.incumbent} reachable and run again.`, ...standIn(story)],
  initial_assignment: (story) =>
    isRefused(story)
      ? [
          story.refusal === undefined
            ? 'Add a better model to the candidates, or samples, so that a model can show itself above the floor.'
            : 'Add a model to the candidates that may hold the seat.',
        ]
      : [`${story.recommendation.target} takes the seat; later runs hold the others against it.`],
}

function keeping(story: Story): string[] {
  const { recommendation, dropped = [], locked = [] } = story
  if (recommendation.comparisons.length > 0 || dropped.length > 0) {
    return [
      'The next run looks again. New samples show smaller differences; more repeats of the same samples hardly do.',
    ]
  }
  return locked.length > 0
    ? ['Add a model to the candidates of the tier, or samples: until one of them changes nothing is left to compare.']
    : ['Name a second model among the candidates of the tier, so that there is something to compare.']
}

function withTraffic({ recommendation: { target } }: Story): string {
  return `${target} goes to the shadow, then to part of the traffic, then to all of it, as its guards allow.`
}

function withoutTraffic({ recommendation: { target, incumbent }, tier }: Story): string {
  return `Tier ${tier.id} has too little live traffic to try ${target} on: it takes the seat when a fresh re-run of ${incumbent} and ${target} confirms the verdict.`
}

function movement(story: Story, automatic: string): string {
  const {
    rollout,
    recommendation: { target },
    tier,
  } = story
  switch (rollout) {
    case 'auto':
      return automatic
    case 'approve':
      return `A person has to approve ${target} for tier ${tier.id}; until then ${seatWords(story)}.`
    case 'recommend-only':
      return `Tier ${tier.id} is set to recommend only: ${seatWords(story)} until a person assigns ${target}.`
    case undefined:
      return `No traffic moves by itself: ${seatWords(story)} until a person assigns ${target}.`
  }
}

function tooLittle({ recommendation: { reasons }, settings, skipped }: Story): string[] {
  if (reasons.includes('no_records')) {
    return [`Make a model reachable${skipped.length > 0 ? ' (see what was left out)' : ''} and run again.`]
  }
  if (reasons.includes('no_eligible_model')) return ['Find out why the calls failed, or add samples, and run again.']
  return [
    `Add samples: a comparison needs ${settings.minItemsAdvisory} independent ones, a switch ${settings.minItemsSwitch}.`,
  ]
}

/** Who could hold the seat meanwhile; only said where it was looked for. */
function standIn({ recommendation: { fallback, incumbent } }: Story): string[] {
  if (fallback === undefined) return []
  return [
    fallback === null
      ? 'No other model is fit to stand in.'
      : `If ${incumbent} stays away, ${fallback} is fit to stand in.`,
  ]
}
