/** To nine decimals: sums of the same terms in another order must rank the same. */
export function rounded(value: number): number {
  return Number(value.toFixed(9))
}
