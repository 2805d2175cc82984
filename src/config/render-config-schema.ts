import * as z from 'zod'
import { fileSchema } from './file-schema.ts'

/** The JSON Schema (draft 7, which editors know) of `incumbent.yaml`, as the text of `docs/incumbent.schema.json`. */
export function renderConfigSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(fileSchema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => allowVariable(jsonSchema),
  })
  const document = {
    $schema,
    title: 'incumbent.yaml',
    description: 'Configuration of Incumbent. All of it is optional.',
  }
  return `${JSON.stringify({ ...document, ...rest }, undefined, 2)}\n`
}

/** Where a number is expected, a variable may stand, which is text to an editor. */
function allowVariable(schema: z.core.JSONSchema.BaseSchema): void {
  const { type } = schema
  if (type !== 'number' && type !== 'integer') return
  Object.assign(schema, { type: [type, 'string'], pattern: '\\$\\{' })
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
}
