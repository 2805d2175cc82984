import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { loadTask } from '../../src/tasks/load-task.ts'
import { scorerNames, scorerOptionSchemas } from '../../src/tasks/scorer-options.ts'
import { smallDataset, writtenFolder } from '../datasets/written-dataset.ts'

const page = readFileSync(resolve(import.meta.dirname, '../../docs/datasets.md'), 'utf8')
const schemas = scorerOptionSchemas({ aliasTable: () => undefined, list: () => undefined })

function settingsOf(schema: z.ZodType): string[] {
  const object = schema instanceof z.ZodPipe ? schema.in : schema
  return object instanceof z.ZodObject ? Object.keys(object.shape) : []
}

describe('docs/datasets.md', () => {
  test.each(scorerNames)('has %s in its table of scorers, with all its settings', (name) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`))
    expect(row).toBeDefined()
    for (const setting of settingsOf(schemas[name])) expect(row).toContain(`\`${setting}\``)
  })

  test('shows a task.yaml that can be read', () => {
    const yaml = /```yaml\n(name: tickets[\s\S]*?)```/.exec(page)?.[1] ?? ''
    const text = { type: 'string' }
    const folder = writtenFolder(
      smallDataset({
        'tier1/task.yaml': yaml,
        'tier1/names.yaml': 'JavaScript: [JS, ECMAScript]\n',
        'tier1/answer.schema.json': {
          type: 'object',
          properties: {
            team: text,
            urgency: text,
            language: text,
            products: { type: 'array', items: { type: 'object', properties: { name: text } } },
          },
        },
      }),
    )
    expect(loadTask(join(folder, 'tier1')).scoring).toHaveLength(4)
  })
})
