import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

/** Packages that a module needs before it can run, those of the modules that it imports included. */
function packagesOf(path: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>()
  if (seen.has(path)) return packages
  seen.add(path)
  for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(/^(?:import|export) (?!type ).*?from '([^']+)'/gms)) {
    if (!name.startsWith('.')) packages.add(name)
    else for (const inner of packagesOf(resolve(path, '..', name), seen)) packages.add(inner)
  }
  return packages
}

test('`run` asks its first question before the libraries for verdicts and charts are loaded', () => {
  const packages = [...packagesOf(resolve(import.meta.dirname, '../../src/workflows/run-cycle.ts'))]
  expect(packages).toContain('kysely')
  expect(packages.filter((name) => /stdlib|mathjs|echarts|resvg|gpt-tokenizer/.test(name))).toEqual([])
})
