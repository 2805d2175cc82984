import * as z from 'zod'
import { checkAgainst, shownValue } from '../shared/schema-problems.ts'
import { parsePath } from './answer-path.ts'
import { type OptionReferences, type ScorerName, scorerNames, scorerOptionSchemas } from './scorer-options.ts'
import type { FieldScoring } from './task.ts'

const pathSchema = z.string().refine((path) => parsePath(path) !== undefined, {
  error: ({ input }) => `expected a path such as a.b or a[].b, got ${shownValue(input)}`,
})

const fieldSchema = z.looseObject({
  path: pathSchema,
  target: pathSchema.optional(),
  scorer: z.enum(scorerNames),
  weight: z.number().min(0).max(100),
})

/** The check of `scoring` in task.yaml: known scorers with known settings, and weights that sum to 100. */
export function scoringSchema(references: OptionReferences) {
  const schemas = scorerOptionSchemas(references)
  const field = fieldSchema.transform(({ path, target, scorer, weight, ...options }, context): FieldScoring => {
    const checked = checkAgainst(schemas[scorer], options)
    if (checked.status === 'valid') return fieldOf({ path, targetPath: target ?? path, weight }, scorer, checked.value)
    for (const problem of checked.problems) {
      context.addIssue({ code: 'custom', path: problem.path, message: `${scorer}: ${problem.message}` })
    }
    return z.NEVER
  })
  return z.array(field).min(1).superRefine(refuseWrongWeights).superRefine(refuseRepeatedPaths)
}

function fieldOf(field: { path: string; targetPath: string; weight: number }, scorer: ScorerName, options: unknown) {
  // The options were checked by the schema of this very scorer; the compiler cannot follow the pair through the table.
  return { ...field, scorer, options } as FieldScoring
}

function refuseWrongWeights(fields: readonly FieldScoring[], context: z.RefinementCtx): void {
  const sum = fields.reduce((total, { weight }) => total + weight, 0)
  if (Math.abs(sum - 100) < 1e-9) return
  context.addIssue({ code: 'custom', message: `expected weights that sum to 100, got ${Number(sum.toFixed(6))}` })
}

function refuseRepeatedPaths(fields: readonly FieldScoring[], context: z.RefinementCtx): void {
  for (const [index, { path, targetPath, scorer }] of fields.entries()) {
    const first = fields.findIndex(
      (other) => other.path === path && other.targetPath === targetPath && other.scorer === scorer,
    )
    if (first < index) {
      context.addIssue({ code: 'custom', path: [index, 'path'], message: `"${path}" is scored by ${scorer} already` })
    }
  }
}
