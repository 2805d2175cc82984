import { describe, expect, test } from 'vitest'
import { createSchemaChecks } from '../../../../src/serving/gateway/traffic/schema-checks.ts'
import type { JsonObject } from '../../../../src/shared/json.ts'

const schema: JsonObject = {
  type: 'object',
  properties: { years: { type: 'integer' } },
  required: ['years'],
  additionalProperties: false,
}

describe('answers are held against the schema of their request', () => {
  const checks = createSchemaChecks()
  const isInvalid = (text: string, of: JsonObject = schema) => checks.check(of, text).isInvalid

  test('and are invalid when they break it, or are no JSON as the application would read it', () => {
    expect(isInvalid('{"years":3}')).toBe(false)
    expect(isInvalid('{"years":"3"}')).toBe(true)
    expect(isInvalid('{}')).toBe(true)
    expect(isInvalid('```json\n{"years":3}\n```')).toBe(true)
    expect(isInvalid('{"years":')).toBe(true)
  })

  test('and neither valid nor invalid where the schema cannot be used', () => {
    expect(isInvalid('{}', { $ref: 'https://elsewhere.example/schema.json' })).toBeUndefined()
    expect(isInvalid('{}', { type: 'nonsense' })).toBeUndefined()
    expect(isInvalid('{}', { properties: { a: { description: 'x'.repeat(200_000) } } })).toBeUndefined()
  })

  test('a careless pattern of an application holds nobody up', () => {
    const slow: JsonObject = { type: 'string', pattern: '^(a+)+$' }
    const startedMs = performance.now()
    expect(isInvalid(JSON.stringify(`${'a'.repeat(40)}!`), slow)).toBe(false)
    expect(performance.now() - startedMs).toBeLessThan(1_000)
  })

  test('many schemas, also with the same $id, are each checked by their own', () => {
    for (let least = 0; least < 500; least += 1) {
      const own: JsonObject = { $id: 'https://example.org/own', type: 'number', minimum: least }
      expect(isInvalid('250', own)).toBe(least > 250)
    }
  })
})
