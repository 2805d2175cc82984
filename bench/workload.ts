import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { loadDatasetVersion } from '../src/datasets/load-dataset-version.ts'
import { perfectAnswer } from '../src/scoring/perfect-answer.ts'
import { loadGoldenSet } from '../src/tasks/load-golden-set.ts'
import { loadTask } from '../src/tasks/load-task.ts'
import type { Protocol } from './loopback-child.ts'

/** What one measured run asks: calls in all = models × samples × repeats. */
export interface Workload {
  protocol: Protocol
  models: number
  samples: number
  repeats: number
  concurrency: number
}

export function callsOf({ models, samples, repeats }: Workload): number {
  return models * samples * repeats
}

const golden = resolve(import.meta.dirname, '../golden-datasets/job-analysis')

/** A folder for everything that the benchmarks write. */
export function makeWorkingFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'incumbent-bench-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Right answers to the postings, for a loopback server: what it says is parsed, checked and scored as in earnest. */
export function writeAnswers(path: string): void {
  const task = loadTask(join(golden, 'tier1'))
  const { samples, targets } = loadGoldenSet(loadDatasetVersion(golden, 'v0'), task)
  const book = samples.map(({ key, input }) => {
    const text = typeof input.text === 'string' ? input.text : ''
    return { contains: text.slice(0, 200), answer: perfectAnswer(task, targets.get(key)?.target ?? {}) }
  })
  writeFileSync(path, JSON.stringify(book))
}

/** Tier 1 with as many samples as are wanted: the postings of v0 again and again, under new keys. */
export function writeWorkload(folder: string, workload: Workload, url: string): void {
  const copy = join(folder, 'golden-datasets', 'job-analysis')
  mkdirSync(join(copy, 'v0'), { recursive: true })
  cpSync(join(golden, 'dataset.yaml'), join(copy, 'dataset.yaml'))
  cpSync(join(golden, 'tier1'), join(copy, 'tier1'), { recursive: true })
  for (const file of ['v0/samples.jsonl', 'tier1/targets.v0.jsonl']) {
    writeFileSync(join(copy, file), enlarged(readFileSync(join(golden, file), 'utf8'), workload.samples))
  }
  writeFileSync(join(folder, 'incumbent.yaml'), configuration(workload, url))
}

function enlarged(text: string, count: number): string {
  const lines = text.trimEnd().split('\n')
  const again = Array.from({ length: count }, (_none, index) => {
    const line = JSON.parse(lines[index % lines.length] ?? '{}') as { key: string }
    return `${JSON.stringify({ ...line, key: `${index}-${line.key}` })}\n`
  })
  return again.join('')
}

function configuration({ protocol, models, repeats, concurrency }: Workload, url: string): string {
  const names = Array.from({ length: models }, (_none, index) => `model-${index + 1}`)
  const key = protocol === 'gemini' ? `, apiKey: '$\{BENCH_KEY}'` : ''
  // The loopback server of Ollama knows some models only.
  const id = protocol === 'ollama' ? ", id: 'qwen3:0.6b'" : ''
  return `baselines: []
providers:
  loopback: { kind: ${protocol}, baseUrl: '${url}', concurrency: ${concurrency}, timeoutMs: 60000${key} }
models:
${names.map((name) => `  - { name: ${name}${id}, provider: loopback, contextTokens: 8192 }`).join('\n')}
tiers:
  1: { candidates: [${names.join(', ')}], initial: model-1, repeats: ${repeats} }
  2: none
  3: none
`
}
