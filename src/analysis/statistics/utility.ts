/**
 * How good a time or a price is, from 0 to 100, on a logarithmic scale against a fixed reference: 100 at
 * reference ÷ span and below, 50 at the reference, 0 at reference × span and above; 100 for 0.
 * It does not depend on the other models, unlike min-max (decisions.md section 1).
 * @throws RangeError when the reference is not finite and above 0, or the span not above 1
 */
export function utility(value: number, reference: number, span: number): number {
  if (!(reference > 0 && Number.isFinite(reference))) {
    throw new RangeError(`A reference must be finite and above 0, got ${reference}.`)
  }
  if (!(span > 1)) throw new RangeError(`The span of a utility must be above 1, got ${span}.`)
  if (value <= 0) return 100
  return Math.min(100, Math.max(0, 50 + (50 * Math.log(reference / value)) / Math.log(span)))
}
