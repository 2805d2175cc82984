import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { renderConfigSchema } from '../../src/config/render-config-schema.ts'
import { isJsonObject, type JsonValue } from '../../src/shared/json.ts'
import { packageRoot } from '../../src/shared/package-root.ts'
import { emptyFolder } from './config-folder.ts'

const page = readFileSync(join(packageRoot(), 'docs', 'configuration.md'), 'utf8')
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text)

/** What stands in the first columns of the tables. */
const explained = [...page.matchAll(/^\| `([a-z][^`]*)` +\|/gm)].map(([, key = '']) => key)

/** The keys of a schema that are no map of fixed keys themselves, as paths. */
function keysOf(schema: JsonValue | undefined, path: string): string[] {
  if (!isJsonObject(schema ?? null)) return [path]
  const { properties, additionalProperties, items, anyOf } = schema as Record<string, JsonValue>
  if (isJsonObject(properties ?? null)) {
    const entries = Object.entries(properties as Record<string, JsonValue>)
    return entries.flatMap(([key, inner]) => keysOf(inner, path === '' ? key : `${path}.${key}`))
  }
  if (path === 'providers') return keysOf(additionalProperties, 'providers.<name>')
  if (path === 'tiers') return keysOf(additionalProperties, 'tiers.<n>')
  if (path === 'models') return keysOf(items, 'models[]')
  const map = Array.isArray(anyOf) ? anyOf.find((branch) => isJsonObject(branch) && 'properties' in branch) : undefined
  return map === undefined ? [path] : keysOf(map, path)
}

describe('docs/configuration.md', () => {
  test('explains every key of the file', () => {
    const keys = keysOf(JSON.parse(renderConfigSchema()), '')
    expect(keys.length).toBeGreaterThan(60)
    expect(keys.filter((key) => !explained.includes(key))).toEqual([])
  })

  test('explains no key that the file does not have', () => {
    const keys = keysOf(JSON.parse(renderConfigSchema()), '')
    expect(explained.filter((key) => !keys.some((known) => known === key || known.startsWith(`${key}.`)))).toEqual([])
  })

  test('has examples that load', () => {
    expect(examples.length).toBeGreaterThan(5)
    for (const text of examples) {
      const cwd = emptyFolder()
      writeFileSync(join(cwd, 'incumbent.yaml'), text)
      expect(loadConfig({ cwd, environment: {} }).tiers.length).toBeGreaterThan(0)
    }
  })

  test('shows the defaults: its first example says the same as no file', () => {
    const cwd = emptyFolder()
    const environment = { GEMINI_API_KEY: 'key', OLLAMA_HOST: 'gpu', DATABASE_URL: 'postgres://db/x' }
    const without = loadConfig({ cwd, environment })
    writeFileSync(join(cwd, 'incumbent.yaml'), examples[0] ?? '')
    const explicit = loadConfig({ cwd, environment })
    expect(JSON.parse(JSON.stringify({ ...explicit, file: undefined }))).toEqual(JSON.parse(JSON.stringify(without)))
    expect(explicit.database.url?.reveal()).toBe(without.database.url?.reveal())
  })
})

describe('.env.example', () => {
  test('names every variable that counts without being named in the file, and sets none', () => {
    const example = readFileSync(join(packageRoot(), '.env.example'), 'utf8')
    const active = example.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    expect(active).toEqual(['GEMINI_API_KEY=', 'OLLAMA_HOST=', 'DATABASE_URL=', 'INCUMBENT_HOME='])
  })
})
