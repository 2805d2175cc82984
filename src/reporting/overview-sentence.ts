import type { Stage } from '../rollout/rollout.ts'

/** What the first sentence of the overview is made from. */
export interface SeatNews {
  tier: number
  model: string | null
  /** What is on its way, or ended lately. */
  rollout: { stage: Stage; challenger: string; incumbent: string } | null
  /** Whether there was an evaluation. */
  wasEvaluated: boolean
}

/** The sentence that a manager could forward: what moves or waits first, then who stays. */
export function overviewSentence(seats: readonly SeatNews[]): string {
  if (seats.every(({ wasEvaluated, rollout }) => !wasEvaluated && rollout === null)) return 'Nothing was evaluated yet.'
  const told = seats.flatMap((seat) => newsOf(seat) ?? [])
  const others = seats.filter((seat) => newsOf(seat) === undefined)
  const groups = [
    [others.filter(({ model, wasEvaluated }) => model !== null && wasEvaluated), 'keeps its model', 'keep their model'],
    [others.filter(({ model }) => model === null), 'has no model yet', 'have no model yet'],
    [
      others.filter(({ model, wasEvaluated }) => model !== null && !wasEvaluated),
      'was not evaluated yet',
      'were not evaluated yet',
    ],
  ] as const
  const rest = groups.flatMap(([tiers, one, several]) =>
    tiers.length === 0 ? [] : [`${tierWords(tiers)} ${tiers.length === 1 ? one : several}.`],
  )
  return [...told, ...rest].join(' ')
}

/** The same of one tier: who is taking the seat, or holds it. */
export function tierSentence(seat: SeatNews): string {
  const { tier, model } = seat
  const news = newsOf(seat)
  if (news !== undefined) return news
  return model === null ? `Tier ${tier} has no model yet.` : `${model} holds tier ${tier}.`
}

function newsOf({ tier, rollout }: SeatNews): string | undefined {
  if (rollout === null) return undefined
  const { challenger, incumbent } = rollout
  switch (rollout.stage) {
    case 'proposed':
      return `Tier ${tier} waits for your word on ${challenger}.`
    case 'shadow':
      return `Tier ${tier} tries ${challenger} in the shadow.`
    case 'partial':
      return `Tier ${tier} is moving to ${challenger}.`
    case 'paused':
      return `Tier ${tier} is paused on its way to ${challenger}.`
    case 'incident':
      return `Tier ${tier} is frozen in an incident.`
    case 'full':
      return `Tier ${tier} has moved to ${challenger}.`
    case 'rolled-back':
      return `Tier ${tier} was rolled back to ${incumbent}.`
    default:
      return undefined
  }
}

/** `Tier 1`, `Tiers 1, 2 and 5`. */
function tierWords(seats: readonly SeatNews[]): string {
  const numbers = seats.map(({ tier }) => String(tier))
  if (numbers.length === 1) return `Tier ${numbers[0]}`
  return `Tiers ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`
}
