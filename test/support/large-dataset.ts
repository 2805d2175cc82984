import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const shipped = resolve(import.meta.dirname, '../../golden-datasets/job-analysis')

/** The shipped dataset in `cwd`, its version v0 `times` times as large: the same postings under new keys. */
export function enlargeDataset(cwd: string, times: number): void {
  const own = join(cwd, 'golden-datasets/job-analysis')
  cpSync(shipped, own, { recursive: true })
  const files = ['v0/samples.jsonl', ...['tier1', 'tier2', 'tier3'].map((tier) => `${tier}/targets.v0.jsonl`)]
  for (const file of files) {
    const lines = readFileSync(join(own, file), 'utf8').trimEnd().split('\n')
    const copies = Array.from({ length: times }, (_, copy) =>
      lines.map((line) => {
        const sample = JSON.parse(line) as { key: string }
        return JSON.stringify({ ...sample, key: `${sample.key}-${copy}` })
      }),
    )
    writeFileSync(join(own, file), `${copies.flat().join('\n')}\n`)
  }
}
