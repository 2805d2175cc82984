import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { recordDatasetVersion } from '../../src/database/dataset-queries.ts'
import { type GoldenVersion, importGoldenJobs } from '../../src/database/golden-job-queries.ts'
import type { Sample, Target } from '../../src/datasets/dataset.ts'
import { uuidFromName } from '../../src/shared/uuid-from-name.ts'
import { exampleTime } from '../support/example-evaluation.ts'
import { forEachDatabase } from '../support/test-databases.ts'

function sample(key: string, text: string): Sample {
  const input = { title: 'Engineer', company: 'Acme', location: 'Graz', text }
  return { key, input, category: 'tech_startup', complexity: 'simple', cluster: undefined, notes: 'a note' }
}

function target(key: string, skill: string): Target {
  return { key, target: { skills: [skill] }, notes: undefined, verifiedBy: 'Ada' }
}

function golden(overrides: Partial<GoldenVersion> = {}): GoldenVersion {
  return {
    name: 'job-analysis',
    version: 'v1',
    samples: [sample('a', 'We use SQL.'), sample('b', 'We use Go.')],
    targets: new Map([[1, new Map([['a', target('a', 'sql')]])]]),
    ...overrides,
  }
}

forEachDatabase((databases) => {
  describe('the content of a dataset version', () => {
    let database: Database
    beforeAll(async () => {
      database = await databases.open()
    })
    const used = { name: 'job-analysis', version: 'v1', task: 'tier1', hash: 'abc', at: exampleTime }
    const later = new Date('2027-01-01T00:00:00Z')

    test('is recorded when it is first used, known afterwards, and cannot change', async () => {
      expect(await recordDatasetVersion(database.db, used)).toEqual({ status: 'recorded' })
      expect(await recordDatasetVersion(database.db, { ...used, at: later })).toEqual({ status: 'known' })
      const changed = { status: 'changed', storedHash: 'abc', firstUsedAt: exampleTime }
      expect(await recordDatasetVersion(database.db, { ...used, hash: 'def', at: later })).toEqual(changed)
      expect(await recordDatasetVersion(database.db, used)).toEqual({ status: 'known' })
    })

    test('is another one for another task or version', async () => {
      expect(await recordDatasetVersion(database.db, { ...used, task: 'tier2', hash: 'def' })).toEqual({
        status: 'recorded',
      })
      expect(await recordDatasetVersion(database.db, { ...used, version: 'v2', hash: 'ghi' })).toEqual({
        status: 'recorded',
      })
    })
  })

  describe('golden jobs', () => {
    let database: Database
    beforeAll(async () => {
      database = await databases.open()
    })

    async function rows(): Promise<Record<string, unknown>[]> {
      const found = await sql<Record<string, unknown>>`
        select dataset_name, dataset_version, sample_key, job_id, job_complexity, test_category, verified_by, notes,
          tier1_expected_results as tier1, tier2_expected_results as tier2, further_expected_results as further,
          job.title, job.company, job.location, job.description, job.input ->> 'text' as text
        from golden_dataset_jobs join jobs as job on job.id = job_id order by dataset_version, sample_key`.execute(
        database.db,
      )
      return found.rows
    }

    test('are imported with their inputs; what is not labelled is NULL', async () => {
      await importGoldenJobs(database.db, golden(), exampleTime)
      const labelled = {
        dataset_name: 'job-analysis',
        dataset_version: 'v1',
        job_complexity: 'simple',
        notes: 'a note',
      }
      const job = { title: 'Engineer', company: 'Acme', location: 'Graz', test_category: 'tech_startup' }
      expect(await rows()).toMatchObject([
        {
          ...labelled,
          ...job,
          sample_key: 'a',
          tier1: { skills: ['sql'] },
          tier2: null,
          verified_by: 'Ada',
          description: 'We use SQL.',
        },
        { ...labelled, ...job, sample_key: 'b', tier1: null, tier2: null, verified_by: null, text: 'We use Go.' },
      ])
    })

    test('imported twice are the same rows', async () => {
      const before = await rows()
      await importGoldenJobs(database.db, golden(), new Date())
      expect(await rows()).toEqual(before)
    })

    test('of another tier join those that are there; tiers above 3 have a column of their own', async () => {
      const targets = new Map([
        [2, new Map([['b', target('b', 'go')]])],
        [4, new Map([['b', target('b', 'four')]])],
      ])
      await importGoldenJobs(database.db, golden({ targets }), exampleTime)
      expect(await rows()).toMatchObject([
        { sample_key: 'a', tier1: { skills: ['sql'] }, tier2: null },
        { sample_key: 'b', tier1: null, tier2: { skills: ['go'] }, further: { 4: { skills: ['four'] } } },
      ])
    })

    test('share an input between versions, and have another where it was corrected', async () => {
      const samples = [sample('a', 'We use SQL.'), sample('b', 'We use Go, corrected.')]
      await importGoldenJobs(database.db, golden({ version: 'v2', samples }), exampleTime)
      const [a1, b1, a2, b2] = await rows()
      expect(a2?.job_id).toBe(a1?.job_id)
      expect(b2?.job_id).not.toBe(b1?.job_id)
    })

    test('of any dataset fit: texts of any length, inputs that are no postings, none at all', async () => {
      const odd: Sample = { ...sample('x', ''), input: { question: 'a\0b', title: 7 }, category: 'c'.repeat(300) }
      const labels = new Map([[1, new Map([['x', { ...target('x', 's'), verifiedBy: 'v'.repeat(300) }]])]])
      await importGoldenJobs(database.db, golden({ name: 'own', samples: [odd], targets: labels }), exampleTime)
      await importGoldenJobs(database.db, golden({ name: 'empty', samples: [] }), exampleTime)
      expect((await rows()).filter(({ dataset_name }) => dataset_name === 'own')).toMatchObject([
        { title: null, text: null },
      ])
    })
  })
})

test('identifiers made from names are well-formed and always the same', () => {
  expect(uuidFromName('a')).toBe(uuidFromName('a'))
  expect(uuidFromName('a')).not.toBe(uuidFromName('b'))
  expect(uuidFromName('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
