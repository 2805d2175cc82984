import * as z from 'zod'
import type { JsonValue } from '../shared/json.ts'
import { checkAgainst, pathText, shownValue } from '../shared/schema-problems.ts'
import { normalText } from './normal-text.ts'
import { numberFrom } from './number-from.ts'
import type { ScorerName } from './scorer-options.ts'
import type { FieldScoring } from './task.ts'

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: ({ input }) => `expected text, a number, true or false, got ${shownValue(input)}`,
})

const pointSchema = z.object({
  point: z.string().min(1),
  phrasings: z.array(z.string().regex(/[\p{L}\p{N}]/u, { error: 'expected a phrasing with at least one word' })).min(1),
})

/** One thing that an answer must take up, and the phrasings of which any one counts. */
export type TargetPoint = z.output<typeof pointSchema>

export const targetPointsSchema = z.array(pointSchema)

const numberLike = z.unknown().refine((value) => numberFrom(value) !== undefined, {
  error: ({ input }) => `expected a number, got ${shownValue(input)}`,
})

/** What a target must hold where a scorer reads it. */
const valueSchemas: { [Name in ScorerName]: (field: FieldScoring<Name>) => z.ZodType } = {
  equal: () => scalar,
  within: () => numberLike,
  'recall-at': () => z.array(scalar),
  'set-f1': () => z.array(scalar),
  ordinal: ({ options }) => (options.levels === undefined ? numberLike : levelSchema(options.levels)),
  'points-covered': () => targetPointsSchema,
  'text-similarity': () => z.string(),
}

/** Why a scorer cannot compare anything with a target's value; undefined when it can. */
export function targetValueProblem<Name extends ScorerName>(
  field: FieldScoring<Name>,
  value: JsonValue,
): string | undefined {
  const checked = checkAgainst(valueSchemas[field.scorer](field), value)
  if (checked.status === 'valid') return undefined
  return checked.problems
    .map(({ path, message }) => (path.length === 0 ? message : `${pathText(path)}: ${message}`))
    .join('; ')
}

function levelSchema(levels: readonly string[]): z.ZodType {
  const known = new Set(levels.map(normalText))
  return z.string().refine((level) => known.has(normalText(level)), {
    error: ({ input }) => `expected one of ${levels.join(', ')}, got ${shownValue(input)}`,
  })
}
