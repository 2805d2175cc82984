import * as z from 'zod'
import { shownValue } from '../shared/schema-problems.ts'
import { type CheckedLine, checkedLines, jsonObjectSchema } from './checked-lines.ts'
import { complexities, type Sample } from './dataset.ts'
import type { FileProblem } from './file-problem.ts'

/** The name of one thing in files, tables and reports: short, and without line breaks or other control characters. */
export const keySchema = z
  .string()
  .max(200)
  .regex(/^(?!\s)[^\p{Cc}]+(?<!\s)$/u, {
    error: 'expected a key without spaces at its ends and without control characters',
  })

/** `messy`, `fraud:reshipping`: words, digits, hyphens and colons, so that a tag is one cell of a table. */
const tagSchema = z.string().regex(/^[\p{L}\p{N}]+(?:[-:][\p{L}\p{N}]+)*$/u, {
  error: ({ input }) => `expected a tag such as messy or fraud:reshipping, got ${shownValue(input)}`,
})

/** One line of samples.jsonl. */
export const sampleLineSchema = z.strictObject({
  key: keySchema,
  category: z.string().nullish(),
  complexity: z.enum(complexities).nullish(),
  cluster: z.string().nullish(),
  notes: z.string().nullish(),
  tags: z
    .array(tagSchema)
    .refine((tags) => new Set(tags).size === tags.length, { error: 'a tag stands here twice; each is given once' })
    .nullish(),
  input: jsonObjectSchema.refine((input) => Object.keys(input).length > 0, {
    error: 'expected an object with at least one key, got an empty one',
  }),
})

export type SampleLine = z.output<typeof sampleLineSchema>

/**
 * Reads samples.jsonl.
 * @throws UserError when the file cannot be read
 */
export function readSamples(path: string): { lines: CheckedLine<Sample>[]; problems: FileProblem[] } {
  const { lines, problems } = checkedLines(path, sampleLineSchema)
  return { lines: lines.map(({ line, value }) => ({ line, value: sampleFrom(value) })), problems }
}

function sampleFrom({ key, input, category, complexity, cluster, notes, tags }: SampleLine): Sample {
  return {
    key,
    input,
    category: category ?? undefined,
    complexity: complexity ?? undefined,
    cluster: cluster ?? undefined,
    notes: notes ?? undefined,
    tags: tags ?? undefined,
  }
}
