import * as z from 'zod'
import type { AliasTable } from './alias-table.ts'

/** The scorers that a task.yaml may name, with their settings as the scorers get them. */
export interface ScorerOptions {
  equal: { aliases: AliasTable | undefined }
  within: { tolerance: number; absolute: number }
  'recall-at': { k: number | undefined; factor: number; aliases: AliasTable | undefined }
  'set-f1': { aliases: AliasTable | undefined }
  ordinal: { span: number; levels: readonly string[] | undefined }
  'points-covered': { limit: number | undefined }
  'text-similarity': Record<never, never>
}

export type ScorerName = keyof ScorerOptions

/** What the settings of a field may refer to: the task's alias files and its `lists`. */
export interface OptionReferences {
  /** The table of a file name, or of the task's own `aliases` for true; undefined when there is none. */
  aliasTable(name: string | true): AliasTable | undefined
  list(name: string): readonly string[] | undefined
}

type OptionSchemas = { [Name in ScorerName]: z.ZodType<ScorerOptions[Name]> }

/** The checks of the settings as they are written in task.yaml, one a scorer. */
export function scorerOptionSchemas(references: OptionReferences): OptionSchemas {
  const aliases = aliasesSchema(references)
  return {
    equal: z.strictObject({ aliases }),
    within: z.strictObject({ tolerance: z.number().min(0).default(0), absolute: z.number().min(0).default(0) }),
    'recall-at': z.strictObject({
      k: z.int().min(1).optional().transform(orUndefined),
      factor: z.number().min(1).default(1.5),
      aliases,
    }),
    'set-f1': z.strictObject({ aliases }),
    ordinal: ordinalSchema(references),
    'points-covered': z.strictObject({ limit: z.int().min(1).optional().transform(orUndefined) }),
    'text-similarity': z.strictObject({}),
  }
}

export const scorerNames = Object.keys(
  scorerOptionSchemas({ aliasTable: () => undefined, list: () => undefined }),
) as ScorerName[]

/** `aliases: true` is the task's own table, `aliases: skills.yaml` a file beside task.yaml. */
function aliasesSchema(references: OptionReferences) {
  return z
    .union([z.literal(true), z.string()])
    .optional()
    .transform((name, context) => {
      if (name === undefined) return undefined
      const table = references.aliasTable(name)
      if (table === undefined) context.addIssue({ code: 'custom', message: missingAliases(name) })
      return table
    })
}

function missingAliases(name: string | true): string {
  return name === true
    ? 'expected a key "aliases" of the task that names a file when a scorer says "aliases: true"'
    : `expected the name of an alias file in the task's folder, got "${name}"`
}

/** `span`, for numbers, or `levels`: an ordered list of words, or the name of one of the task's lists. */
function ordinalSchema(references: OptionReferences) {
  return z
    .strictObject({ span: z.number().positive().optional(), levels: levelsSchema(references) })
    .transform(({ span, levels }, context) => {
      if (span !== undefined) return { span, levels }
      if (levels !== undefined) return { span: levels.length - 1, levels }
      context.addIssue({
        code: 'custom',
        message: 'expected "span" (for numbers) or "levels" (for words), got neither',
      })
      return z.NEVER
    })
}

function levelsSchema(references: OptionReferences) {
  const named = z.string().transform((name, context) => {
    const list = references.list(name)
    if (list !== undefined) return list
    context.addIssue({ code: 'custom', message: `expected the name of one of the task's lists, got "${name}"` })
    return z.NEVER
  })
  const written: z.ZodType<readonly string[]> = z.array(z.string()).min(2)
  return z.union([written, named]).optional()
}

/** zod leaves an absent optional key out; here it is present and undefined. */
function orUndefined<T>(value: T | undefined): T | undefined {
  return value
}
