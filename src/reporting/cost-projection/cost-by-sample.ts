import type { CallUse, CostQuestion, ModelFacts } from './cost-projection.ts'
import { requestsByPrice } from './requests-over.ts'

/**
 * What the requests of the first days cost if all were like one sample, for each sample whose cost is known at every price
 * of these days. Undefined for none.
 */
export function costBySample(
  { prices, use }: ModelFacts,
  question: CostQuestion,
  days: number,
): Map<string, number> | undefined {
  const starts = prices.map(({ from }) => from)
  const requests = requestsByPrice(question, days, starts)
  const costs = use.flatMap((each) => {
    const cost = prices.reduce<number | undefined>(
      (sum, { costOf }, index) =>
        plus(
          sum,
          costOfAll(requests[index] ?? 0, () => costOf(each)),
        ),
      0,
    )
    return cost === undefined ? [] : [[each.sample, cost] as const]
  })
  return costs.length === 0 ? undefined : new Map(costs)
}

/** What no request is made at need not be known. */
function costOfAll(requests: number, costUsd: () => number | undefined): number | undefined {
  const each = requests === 0 ? 0 : costUsd()
  return each === undefined ? undefined : requests * each
}

function plus(sum: number | undefined, part: number | undefined): number | undefined {
  return sum === undefined || part === undefined ? undefined : sum + part
}

/** Whether a price is missing: the cost of a call is unknown although all that it uses is known. */
export function lacksPrice({ prices }: Pick<ModelFacts, 'prices'>): boolean {
  const known: CallUse = { sample: '', inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, machineMs: 1 }
  return prices.some(({ costOf }) => costOf(known) === undefined)
}
