import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadDatasetVersion } from '../../src/datasets/load-dataset-version.ts'
import { checkDataset } from '../../src/workflows/check-dataset.ts'
import { describeVersion } from '../../src/workflows/describe-datasets.ts'
import {
  finishReview,
  type ReviewReply,
  type ReviewRequest,
  reviewDataset,
} from '../../src/workflows/review-dataset.ts'
import { refusalOf } from '../datasets/refusal-of.ts'
import { smallDataset, writtenFolder } from '../datasets/written-dataset.ts'

const accept: ReviewReply = { action: 'accept' }
const skip: ReviewReply = { action: 'skip' }
const quit: ReviewReply = { action: 'quit' }
const correct: ReviewReply = { action: 'correct', target: { team: 'billing', urgency: 5 } }

/** Reviews with these replies; the keys that were asked about stand in `asked`. */
async function review(request: Partial<ReviewRequest> & { folder: string }, ...replies: ReviewReply[]) {
  const asked: string[] = []
  const report = await reviewDataset(
    { version: undefined, by: 'Ada', tier: undefined, only: undefined, ...request },
    async (item) => {
      asked.push(item.sample.key)
      return replies[asked.length - 1] ?? quit
    },
  )
  return { asked, report }
}

function labelsIn(folder: string, version: string): { key: string; target: object; verified_by?: string }[] {
  return readFileSync(join(folder, `tier1/targets.${version}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { key: string; target: object })
}

function synthetic() {
  const targets = smallDataset()['tier1/targets.v1.jsonl'] as { key: string; target: object }[]
  const words = 'synthetic, not verified by a person'
  return writtenFolder(
    smallDataset({ 'tier1/targets.v1.jsonl': targets.map((line) => ({ ...line, verified_by: words })) }),
  )
}

describe('a review', () => {
  test('puts the person’s name to what they accept, at once and in place, and keeps the word "synthetic"', async () => {
    const folder = synthetic()
    const before = describeVersion(folder, 'v1').tiers[0]?.hash
    const { report } = await review({ folder }, accept, skip, accept)
    expect(report).toMatchObject({ accepted: 2, skipped: 1, corrected: 0, left: 9, corrections: undefined })
    expect(labelsIn(folder, 'v1').map((label) => label.verified_by === 'Ada (synthetic)')).toEqual(
      Array.from({ length: 12 }, (_, index) => index === 0 || index === 2),
    )
    expect(describeVersion(folder, 'v1').tiers[0]?.hash).toBe(before)
    expect(readdirSync(join(folder, 'tier1')).filter((name) => name.includes('tmp'))).toEqual([])
  })

  test('asks a person only about labels that do not have their name', async () => {
    const folder = synthetic()
    await review({ folder }, accept, accept)
    expect((await review({ folder })).asked).toEqual(['t3'])
    expect((await review({ folder, by: 'Bob' })).asked).toEqual(['t1'])
  })

  test('keeps corrections in a draft that nothing reads, and makes it the next version at the end', async () => {
    const folder = synthetic()
    const first = await review({ folder }, accept, correct)
    expect(first.report.corrections).toEqual({ version: 'v2', status: 'draft' })
    expect(loadDatasetVersion(folder).version).toBe('v1')
    const rest = Array.from({ length: 10 }, () => accept)
    const second = await review({ folder }, ...rest)
    expect(second.asked[0]).toBe('t3')
    expect(second.report).toMatchObject({ accepted: 10, left: 0, corrections: { version: 'v2', status: 'finished' } })
    expect(loadDatasetVersion(folder)).toMatchObject({ version: 'v2' })
    expect(labelsIn(folder, 'v2')[1]).toMatchObject({ target: correct.target, verified_by: 'Ada (synthetic)' })
    expect(labelsIn(folder, 'v2').every((label) => label.verified_by === 'Ada (synthetic)')).toBe(true)
    expect(loadDatasetVersion(folder, 'v2').samples).toEqual(loadDatasetVersion(folder, 'v1').samples)
    expect(checkDataset(folder, undefined).problems).toEqual([])
  })

  test('never changes a target of the version that was reviewed', async () => {
    const folder = synthetic()
    const before = describeVersion(folder, 'v1').tiers[0]?.hash
    await review({ folder, only: 't4' }, correct)
    expect(describeVersion(folder, 'v1').tiers[0]?.hash).toBe(before)
    expect(describeVersion(folder, 'v2').tiers[0]?.hash).not.toBe(before)
    expect(labelsIn(folder, 'v1')[3]?.verified_by).toContain('not verified')
  })

  test('takes a correction that changes nothing as acceptance', async () => {
    const folder = synthetic()
    const { report } = await review(
      { folder, only: 't2' },
      { action: 'correct', target: { urgency: 2, team: 'billing' } },
    )
    expect(report).toMatchObject({ accepted: 1, corrected: 0, corrections: undefined })
  })

  test('can be finished with what it has', async () => {
    const folder = synthetic()
    const request = { folder, version: undefined, by: 'Ada' }
    expect(refusalOf(() => finishReview(request))).toContain('no corrections')
    await review({ folder }, correct)
    expect(finishReview(request)).toBe('v2')
    expect(loadDatasetVersion(folder).description.versions[1]?.description).toContain('by Ada')
  })

  test('is of the newest version only, and of tiers and samples that exist', async () => {
    const folder = synthetic()
    await review({ folder, only: 't1' }, correct)
    await expect(review({ folder, version: 'v1' })).rejects.toThrow('review v2')
    await expect(review({ folder, tier: 'tier9' })).rejects.toThrow('tier1')
    await expect(review({ folder, only: 't99' })).rejects.toThrow('"t99"')
  })

  test('goes on with a draft that a killed review has only begun', async () => {
    const folder = synthetic()
    mkdirSync(join(folder, 'v2'))
    cpSync(join(folder, 'v1/samples.jsonl'), join(folder, 'v2/samples.jsonl'))
    const { report } = await review({ folder, only: 't1' }, correct)
    expect(report.corrections).toEqual({ version: 'v2', status: 'finished' })
    expect(labelsIn(folder, 'v2')).toHaveLength(12)
  })

  test('does not write over files that are no draft of it', async () => {
    const folder = synthetic()
    writeFileSync(join(folder, 'tier1/targets.v2.jsonl'), '')
    await expect(review({ folder }, correct)).rejects.toThrow('targets.v2.jsonl exists already')
  })
})
