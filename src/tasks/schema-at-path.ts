import { parsePath } from './answer-path.ts'
import type { AnswerSchema } from './schema-subset.ts'

/** The part of an answer schema that a path such as `a.b` or `a[].b` leads to; undefined when it leads to none. */
export function schemaAtPath(schema: AnswerSchema, path: string): AnswerSchema | undefined {
  return parsePath(path)?.reduce<AnswerSchema | undefined>((node, step) => {
    if (step === 'elements') return node?.items
    const properties = node?.properties ?? {}
    return Object.hasOwn(properties, step.key) ? properties[step.key] : undefined
  }, schema)
}
