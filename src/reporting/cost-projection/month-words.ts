import { estimatedMoney, money, roundMoney } from '../../shared/format-number.ts'

/** Where a month stands. US dollars at list price; null is unknown. */
export interface MonthStanding {
  /** `2026-11` */
  month: string
  spentUsd: { test: number | null; live: number | null; shadow: number | null }
  /** Calls of the month, of all purposes. */
  calls: number
  soFarUsd: number
  /** Null: no call has a known cost. */
  projectedUsd: number | null
  /** 95 %; null: too little to tell. */
  interval: [number, number] | null
  budgetUsd: number | null
  /** Models that were called and have no price: nothing of them is counted. */
  withoutPrice: string[]
}

/** `November is heading for $43 ($41 to $45) of $60.` */
export function monthSentence(standing: Omit<MonthStanding, 'spentUsd'>): string {
  const { soFarUsd, projectedUsd, interval, budgetUsd, withoutPrice, calls } = standing
  const month = monthName(standing.month)
  if (projectedUsd === null) return `What ${month} costs is not known: no call has a known price.`
  if (projectedUsd === 0)
    return calls === 0 ? `Nothing was spent in ${month} so far.` : `${month} has cost nothing so far.`
  const least = withoutPrice.length === 0 ? '' : 'at least '
  const amount = `${least}${estimatedMoney(projectedUsd, interval)}`
  if (budgetUsd === null) return `${month} is heading for ${amount}.`
  const budget = roundMoney(budgetUsd)
  if (soFarUsd > budgetUsd)
    return `${month} has cost ${roundMoney(soFarUsd)}, more than its budget of ${budget}; it is heading for ${amount}.`
  const [low, high] = interval ?? [projectedUsd, projectedUsd]
  if (low > budgetUsd) return `${month} is heading for ${amount}, over its budget of ${budget}.`
  if (high > budgetUsd) return `${month} is heading for ${amount}, perhaps over its budget of ${budget}.`
  return `${month} is heading for ${amount} of ${budget}.`
}

/** What the month consists of, and what the projection rests on, in sentences. */
export function monthBasis({ soFarUsd, projectedUsd, spentUsd, calls, withoutPrice }: MonthStanding): string[] {
  const parts = [
    partWords(spentUsd.live, 'for live requests'),
    partWords(spentUsd.test, 'for tests'),
    partWords(spentUsd.shadow, 'for copies in the shadow'),
  ].filter((words) => words !== undefined)
  return [
    ...(soFarUsd === 0 ? [] : [`So far ${roundMoney(soFarUsd)}: ${parts.join(', ')}.`]),
    ...(projectedUsd === 0 && calls > 0 ? ['Its models run on this machine, and electricity is not configured.'] : []),
    ...(projectedUsd === null || projectedUsd === 0 ? [] : ['The days to come are taken to be like the last seven.']),
    ...(withoutPrice.length === 0 ? [] : [`Not counted, as the price is unknown: ${withoutPrice.join(', ')}.`]),
  ]
}

function partWords(usd: number | null, purpose: string): string | undefined {
  if (usd === 0) return undefined
  return usd === null ? `an unknown amount ${purpose}` : `${money(usd)} ${purpose}`
}

/** November, of `2026-11`. */
export function monthName(month: string): string {
  return new Date(`${month}-15T00:00:00Z`).toLocaleDateString('en-GB', { month: 'long', timeZone: 'UTC' })
}
