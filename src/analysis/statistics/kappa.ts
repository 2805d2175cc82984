/** How much two labels disagree; 0 for the same. */
export type Disagreement<Label> = (first: Label, second: Label) => number

/**
 * Cohen's kappa: how far two people who labelled the same samples agree beyond what they would by chance,
 * 1 − observed disagreement ÷ disagreement expected if each labelled at random with the own frequencies.
 * Cohen 1960 (A coefficient of agreement for nominal scales), with weights Cohen 1968.
 * @param pairs what the first and the second said of each sample; labels are the same when they are identical (===)
 * @returns 1 for the same labels, 0 for agreement by chance, below 0 for less than that; undefined for no pairs. Where
 * chance leaves no disagreement (both have only one label, and the same), nothing disagrees: 1.
 */
export function kappa<Label>(
  pairs: readonly (readonly [Label, Label])[],
  disagreement: Disagreement<Label> = isAnother,
): number | undefined {
  if (pairs.length === 0) return undefined
  const observed = pairs.reduce((sum, [first, second]) => sum + disagreement(first, second), 0) / pairs.length
  const expected = expectedDisagreement(pairs, disagreement)
  return expected === 0 ? 1 : 1 - observed / expected
}

/**
 * Quadratic weights for levels: two steps apart count four times as much as one. A missing level (null) is as far from
 * every level as the lowest of all levels is from the highest.
 */
export function quadraticDisagreement(pairs: readonly (readonly (number | null)[])[]): Disagreement<number | null> {
  const levels = pairs.flat().filter((level) => level !== null)
  const range = Math.max(1, Math.max(...levels) - Math.min(...levels))
  return (first, second) => {
    if (first === second) return 0
    return (first === null || second === null ? range : first - second) ** 2
  }
}

function isAnother(first: unknown, second: unknown): number {
  return first === second ? 0 : 1
}

function expectedDisagreement<Label>(
  pairs: readonly (readonly [Label, Label])[],
  disagreement: Disagreement<Label>,
): number {
  const firsts = counts(pairs.map(([first]) => first))
  const seconds = counts(pairs.map(([, second]) => second))
  let sum = 0
  for (const [first, many] of firsts) {
    for (const [second, more] of seconds) sum += many * more * disagreement(first, second)
  }
  return sum / pairs.length ** 2
}

function counts<Label>(labels: readonly Label[]): Map<Label, number> {
  const found = new Map<Label, number>()
  for (const label of labels) found.set(label, (found.get(label) ?? 0) + 1)
  return found
}
