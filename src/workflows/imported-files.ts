import { join } from 'node:path'
import type { ColumnPlan } from '../datasets/import/column-plan.ts'
import { type ImportedSample, textIn } from '../datasets/import/samples-from-rows.ts'
import type { ImportedTier } from './import-tiers.ts'

/** The files of an imported version: path within the dataset's folder → content. */
export function importedFiles(
  version: string,
  samples: readonly ImportedSample[],
  tiers: readonly ImportedTier[],
  { verifiedBy }: ColumnPlan,
): Map<string, string> {
  const files = new Map([[join(version, 'samples.jsonl'), jsonLines(samples.map(({ sample }) => sample))]])
  for (const { tier, targets, skeleton } of tiers) {
    for (const [path, content] of skeleton ?? []) files.set(join(tier, path), content)
    const lines = samples
      .filter(({ sample }) => targets.has(sample.key))
      .map(({ row, sample: { key } }) => ({
        key,
        target: targets.get(key),
        verified_by: textIn(row.cells, verifiedBy) || undefined,
      }))
    files.set(join(tier, `targets.${version}.jsonl`), jsonLines(lines))
  }
  return files
}

function jsonLines(values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('')
}
