import * as z from 'zod'
import type { JsonObject } from '../shared/json.ts'
import { checkAgainst, type Problem } from '../shared/schema-problems.ts'

/**
 * The part of JSON Schema (draft 2020-12) that every provider can enforce, as plain data. A type may be paired with
 * "null"; `additionalProperties` may only be false.
 */
export interface AnswerSchema {
  type: string | string[]
  description?: string | undefined
  properties?: Record<string, AnswerSchema> | undefined
  required?: string[] | undefined
  additionalProperties?: false | undefined
  items?: AnswerSchema | undefined
  enum?: (string | number | boolean | null)[] | undefined
  minimum?: number | undefined
  maximum?: number | undefined
}

const typeNames = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'] as const

const nodeSchema: z.ZodType<AnswerSchema> = z.lazy(() =>
  z
    .strictObject({
      type: z.union([z.enum(typeNames), z.tuple([z.enum(typeNames), z.literal('null')])]),
      description: z.string().optional(),
      properties: z.record(z.string(), nodeSchema).optional(),
      required: z.array(z.string()).optional(),
      additionalProperties: z.literal(false).optional(),
      items: nodeSchema.optional(),
      enum: z
        .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
        .min(1)
        .optional(),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
    })
    .superRefine((node, context) => {
      for (const { path, message } of contradictions(node)) context.addIssue({ code: 'custom', path, message })
    }),
)

const rootSchema = nodeSchema.refine(({ type }) => type === 'object', {
  error: 'expected an answer of type "object" (an answer is one JSON object)',
})

/** What is wrong with an answer schema; empty when all providers can be asked to keep to it. */
export function answerSchemaProblems(schema: JsonObject): Problem[] {
  const checked = checkAgainst(rootSchema, schema)
  return checked.status === 'valid' ? [] : checked.problems
}

/** The schema as its type, after `answerSchemaProblems` had nothing against it. */
export function asAnswerSchema(schema: JsonObject): AnswerSchema {
  return schema as unknown as AnswerSchema
}

/** The type of a value that is not null. */
export function typeOf({ type }: AnswerSchema): string {
  return typeof type === 'string' ? type : (type[0] ?? 'null')
}

export function isNullable({ type }: AnswerSchema): boolean {
  return type === 'null' || (Array.isArray(type) && type.includes('null'))
}

function contradictions(node: AnswerSchema): Problem[] {
  const problems: Problem[] = []
  if (typeOf(node) === 'object' && node.properties === undefined) {
    problems.push({ path: [], message: 'expected "properties" beside the type "object"' })
  }
  if (typeOf(node) === 'array' && node.items === undefined) {
    problems.push({ path: [], message: 'expected "items" beside the type "array"' })
  }
  for (const [index, name] of (node.required ?? []).entries()) {
    if (!Object.hasOwn(node.properties ?? {}, name)) {
      problems.push({ path: ['required', index], message: `expected the name of a property, got "${name}"` })
    }
    if (node.required?.indexOf(name) !== index) {
      problems.push({ path: ['required', index], message: `expected each name once, got "${name}" again` })
    }
  }
  if (node.enum !== undefined && isNullable(node) && !node.enum.includes(null)) {
    problems.push({ path: ['enum'], message: 'the type allows null: expected null in the enum too' })
  }
  return problems
}
