import type { DecisionSettings } from '../analysis/evaluation-records.ts'

export const termNames = ['accuracy', 'speed', 'cost'] as const
export type Term = (typeof termNames)[number]
/** How much better a challenger is than the incumbent in each term, in points of 0 to 100. */
export type TermDifferences = Record<Term, number>

/** Beyond this share of one weight, the others scaled in proportion, another model has the best total. */
export interface WeightFlip {
  term: Term
  /** The weight now, 0 to 1. */
  weight: number
  side: 'above' | 'below'
  /** 0 to 1. */
  share: number
  /** Who leads beyond it. */
  winner: string
}

export interface WeightsThatFlip {
  /** Who has the best total by point estimate; the incumbent where nobody has a better one. */
  leader: string
  /** At most one per term and side, in the order of the terms. None: the leader leads whatever the weights are. */
  flips: WeightFlip[]
}

/**
 * At which share of each weight the winner by point estimate changes. Totals are linear in a share, so that the shares are
 * exact: they are where the lines of two models cross. The gates of a switch are not looked at.
 * @param differences of every challenger against the incumbent
 */
export function weightsThatFlip(
  incumbent: string,
  differences: Readonly<Record<string, TermDifferences>>,
  { weights, tieTol }: Pick<DecisionSettings, 'weights' | 'tieTol'>,
): WeightsThatFlip {
  const nothing = { accuracy: 0, speed: 0, cost: 0 }
  const models = [{ model: incumbent, ...nothing }, ...Object.entries(differences).map(withName)]
  const totalOf = (terms: TermDifferences) => termNames.reduce((sum, term) => sum + weights[term] * terms[term], 0)
  const leader = models.reduce((best, model) => (totalOf(model) > totalOf(best) + tieTol ? model : best))
  const flips = termNames.flatMap((term) => {
    const others = models.filter((model) => model !== leader)
    const lines = others.map((other) => ({ winner: other.model, ...lead(leader, other, term, weights) }))
    return lines.length === 0 || weights[term] >= 1 ? [] : flipsOf(term, weights[term], lines, tieTol)
  })
  return { leader: leader.model, flips }
}

function withName([model, terms]: [string, TermDifferences]) {
  return { model, ...terms }
}

/** The leader's lead over another model where the term has no weight at all, and where it has all of it. */
interface Lead {
  winner: string
  without: number
  alone: number
}

function lead(leader: TermDifferences, other: TermDifferences, term: Term, weights: DecisionSettings['weights']) {
  const rest = termNames.filter((name) => name !== term)
  const sum = rest.reduce((points, name) => points + weights[name] * (leader[name] - other[name]), 0)
  return { without: sum / (1 - weights[term]), alone: leader[term] - other[term] }
}

function flipsOf(term: Term, weight: number, leads: readonly Lead[], tolerance: number): WeightFlip[] {
  const crossings = leads.flatMap(({ winner, without, alone }) => {
    const slope = alone - without
    if (Math.abs(slope) <= tolerance) return []
    const side = slope < 0 ? ('above' as const) : ('below' as const)
    // A tie now is a crossing now, wherever rounding puts it.
    const share = side === 'above' ? Math.max(weight, without / -slope) : Math.min(weight, without / -slope)
    return [{ term, weight, side, share, winner, slope }]
  })
  return (['below', 'above'] as const).flatMap((side) => {
    const [first] = crossings
      .filter((crossing) => crossing.side === side && crossing.share > tolerance && crossing.share < 1 - tolerance)
      .toSorted((one, other) => nearer(one.share, other.share, side) || Math.abs(other.slope) - Math.abs(one.slope))
    if (first === undefined) return []
    const { slope: _slope, ...flip } = first
    return [flip]
  })
}

function nearer(one: number, other: number, side: WeightFlip['side']): number {
  return side === 'above' ? one - other : other - one
}
