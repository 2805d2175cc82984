import * as z from 'zod'

/** A number out of a path or a query, where everything is text; text that is no number is told back as it came. */
export function queryNumber<S extends z.ZodType<number>>(schema: S) {
  return z.preprocess((value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
    return Number.isNaN(number) ? value : number
  }, schema)
}

/** The `{tier}` of a path. */
export const tierParam = queryNumber(z.int().min(0)).describe('Number of the tier.')
