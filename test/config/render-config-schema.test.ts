import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { renderConfigSchema } from '../../src/config/render-config-schema.ts'
import { packageRoot } from '../../src/shared/package-root.ts'

const valid = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(renderConfigSchema()))

describe('the JSON Schema for editors', () => {
  test('is current (node src/config/write-schema.ts writes it)', () => {
    const written = readFileSync(join(packageRoot(), 'docs', 'incumbent.schema.json'), 'utf8')
    expect(written).toBe(renderConfigSchema())
  })

  test('knows every key with its meaning', () => {
    const without: string[] = []
    const walk = (schema: Record<string, unknown>, path: string): void => {
      for (const [key, inner] of Object.entries((schema.properties ?? {}) as Record<string, Record<string, unknown>>)) {
        if (inner.description === undefined) without.push(`${path}.${key}`)
        walk(inner, `${path}.${key}`)
      }
      for (const inner of [schema.items, schema.additionalProperties, ...((schema.anyOf ?? []) as unknown[])]) {
        if (typeof inner === 'object' && inner !== null) walk(inner as Record<string, unknown>, path)
      }
    }
    walk(JSON.parse(renderConfigSchema()), '')
    expect(without).toEqual([])
  })

  test('accepts a variable where a number is expected, and no other text', () => {
    expect(valid({ server: { port: `\${PORT}` } })).toBe(true)
    expect(valid({ server: { port: 4080 } })).toBe(true)
    expect(valid({ server: { port: 'high' } })).toBe(false)
    expect(valid({ servr: {} })).toBe(false)
    expect(valid({ tiers: { 2: 'none', 1: { repeats: 3 } } })).toBe(true)
  })
})
