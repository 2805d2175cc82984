import { describe, expect, test } from 'vitest'
import { datasetStats } from '../../src/datasets/dataset-stats.ts'
import { loadDatasetVersion } from '../../src/datasets/load-dataset-version.ts'
import { loadGoldenSet } from '../../src/tasks/load-golden-set.ts'
import { loadTask } from '../../src/tasks/load-task.ts'
import { smallDataset, writtenFolder } from './written-dataset.ts'

describe('what a version holds', () => {
  test('is counted by category, complexity, tag, length and tier', () => {
    const files = smallDataset()
    const targets = (files['tier1/targets.v1.jsonl'] as object[]).slice(0, 10)
    const tags: Record<number, string[]> = { 0: ['urgent', 'short'], 3: ['urgent'] }
    const samples = (files['v1/samples.jsonl'] as object[]).map((sample, index) => ({
      ...sample,
      tags: tags[index],
      cluster: index < 2 ? 'variants' : undefined,
    }))
    const folder = writtenFolder({ ...files, 'v1/samples.jsonl': samples, 'tier1/targets.v1.jsonl': targets })
    const version = loadDatasetVersion(folder)
    const golden = loadGoldenSet(version, loadTask(`${folder}/tier1`))
    const stats = datasetStats(version, new Map([['tickets-core', golden]]))
    expect(stats).toEqual({
      name: 'tickets',
      version: 'v1',
      samples: 12,
      categories: { login: 6, refund: 6 },
      complexities: { simple: 12 },
      tags: { urgent: 2, short: 1 },
      words: { shortest: 11, median: 11, longest: 11 },
      lengths: { 'under 150 words': 12, '150–449 words': 0, '450–999 words': 0, '1,000 words and more': 0 },
      tiers: [
        {
          task: 'tickets-core',
          labelled: 10,
          unlabelled: 2,
          independent: 9,
          hash: golden.hash,
          verifiedBy: { Ada: 10 },
        },
      ],
    })
  })
})
