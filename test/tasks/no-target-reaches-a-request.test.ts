import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Sample, Target } from '../../src/datasets/dataset.ts'
import { findDatasets, taskFolders } from '../../src/datasets/find-datasets.ts'
import { loadDatasetVersion } from '../../src/datasets/load-dataset-version.ts'
import { requestFor } from '../../src/evaluation/ask-once.ts'
import type { Model } from '../../src/providers/model.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/shared/json.ts'
import { loadGoldenSet, targetsPath } from '../../src/tasks/load-golden-set.ts'
import { loadTask } from '../../src/tasks/load-task.ts'
import { renderPrompt } from '../../src/tasks/render-prompt.ts'
import { writtenFolder } from '../datasets/written-dataset.ts'

const root = resolve(import.meta.dirname, '../../golden-datasets')
const canary = 'CANARY-7f3a'
const canaryNumber = 918_273_645

/** Every text and number of a target replaced by one that stands nowhere else. */
function marked(value: JsonValue): JsonValue {
  if (typeof value === 'string') return canary
  if (typeof value === 'number') return canaryNumber
  if (Array.isArray(value)) return value.map(marked)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner)]))
}

/** Marks all targets of a task, and takes out what would refuse the marks: closed lists and the schema of targets. */
function markTargets(taskFolder: string, version: string): void {
  const path = targetsPath(taskFolder, version)
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  const markedLines = lines.map((line) => {
    const { key, target } = JSON.parse(line) as { key: string; target: JsonObject }
    return JSON.stringify({ key, target: marked(target), notes: canary, verified_by: canary })
  })
  writeFileSync(path, `${markedLines.join('\n')}\n`)
  for (const name of ['answer.schema.json', 'target.schema.json']) {
    const schema = join(taskFolder, name)
    if (existsSync(schema)) writeFileSync(schema, JSON.stringify(withoutLimits(parsed(schema))))
  }
}

function parsed(path: string): JsonValue {
  return JSON.parse(readFileSync(path, 'utf8')) as JsonValue
}

function withoutLimits(node: JsonValue): JsonValue {
  if (Array.isArray(node)) return node.map(withoutLimits)
  if (!isJsonObject(node)) return node
  const limits = ['enum', 'minimum', 'maximum']
  const kept = Object.entries(node).filter(([key]) => !limits.includes(key))
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutLimits(inner)]))
}

const model: Model = {
  name: 'm',
  provider: 'p',
  providerKind: 'openai',
  providerModelId: 'm',
  baseUrl: undefined,
  family: undefined,
  pricingTier: undefined,
  capabilities: {},
  contextTokens: undefined,
  price: undefined,
  isActive: true,
}

describe.each([...findDatasets([root])])('what is asked about %s', (_name, folder) => {
  const copy = writtenFolder({})
  cpSync(folder, copy, { recursive: true })
  const versions = readdirSync(copy).filter((name) => /^v\d+$/.test(name))
  const tasks = taskFolders(copy).map((path) => path.slice(copy.length + 1))

  test.each(tasks.flatMap((task) => versions.map((version) => ({ task, version }))))(
    'holds nothing of a target of $task for $version',
    ({ task: name, version }) => {
      const taskFolder = join(copy, name)
      markTargets(taskFolder, version)
      const task = loadTask(taskFolder)
      const golden = loadGoldenSet(loadDatasetVersion(copy, version), task)
      expect(JSON.stringify([...golden.targets.values()])).toContain(canary)
      expect(golden.samples.length).toBeGreaterThan(0)
      for (const sample of golden.samples) {
        const question = { task, sample, model, repeat: 0, concurrency: 1, seed: 1, timeoutMs: 1 }
        const { signal: _signal, ...request } = requestFor(question, new AbortController().signal)
        const asked = JSON.stringify([request, renderPrompt(task, sample)])
        expect(asked).not.toContain(canary)
        expect(asked).not.toContain(String(canaryNumber))
        expect(asked).toContain(JSON.stringify(sample.input).slice(1, -1).slice(0, 40))
      }
    },
  )
})

describe('a sample', () => {
  test('has no place for a target, so that a prompt cannot be made of one', () => {
    expectTypeOf<Extract<keyof Sample, Exclude<keyof Target, 'key' | 'notes'>>>().toBeNever()
    expectTypeOf(renderPrompt).parameter(1).toEqualTypeOf<Sample>()
    expectTypeOf<Target>().not.toExtend<Sample>()
  })
})
