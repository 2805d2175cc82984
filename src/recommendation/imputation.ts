import type { Call } from '../analysis/calls.ts'
import type { Imputed } from '../analysis/item-scores.ts'
import type { PairedItem } from './paired-items.ts'
import type { PairFlag } from './recommendation.ts'

/** What counts for a cost or latency that answered calls do not tell. */
export interface PairImputation {
  incumbent: Imputed
  challenger: Imputed
  flags: PairFlag[]
}

/**
 * A missing value counts against the switch: 100 for the incumbent, 0 for the challenger. Where no answered call of
 * either has one, the term is left out of the difference: 0 on both sides (decisions.md section 6.2).
 */
export function imputationFor(items: readonly PairedItem[]): PairImputation {
  const incumbent = answered(items.flatMap((item) => item.incumbent))
  const challenger = answered(items.flatMap((item) => item.challenger))
  const cost = knowledgeOf(incumbent, challenger, 'cost')
  const latency = knowledgeOf(incumbent, challenger, 'speed')
  const flags: PairFlag[] = []
  if (cost !== 'complete') flags.push(cost === 'unknown' ? 'cost_unknown_both' : 'cost_missing_worst_case')
  if (latency !== 'complete') flags.push(latency === 'unknown' ? 'latency_unknown_both' : 'latency_missing_worst_case')
  return {
    incumbent: { cost: cost === 'unknown' ? 0 : 100, speed: latency === 'unknown' ? 0 : 100 },
    challenger: { cost: 0, speed: 0 },
    flags,
  }
}

function answered(calls: readonly Call[]): Call[] {
  return calls.filter(({ failed }) => !failed)
}

function knowledgeOf(
  incumbent: readonly Call[],
  challenger: readonly Call[],
  term: 'cost' | 'speed',
): 'complete' | 'partial' | 'unknown' {
  const values = [...incumbent, ...challenger].map((call) => call[term])
  if (values.every((value) => value !== null)) return 'complete'
  const isKnownToNeither = incumbent.length > 0 && challenger.length > 0 && values.every((value) => value === null)
  return isKnownToNeither ? 'unknown' : 'partial'
}
