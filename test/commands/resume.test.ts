import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CycleReport } from '../../src/reporting/cycle-report.ts'
import { enlargeDataset } from '../support/large-dataset.ts'
import {
  type Finished,
  finished,
  type Place,
  runIncumbent,
  startIncumbent,
  temporaryFolder,
} from '../support/run-incumbent.ts'
import { forEachDatabase } from '../support/test-databases.ts'

const argv = ['run', '--tier', '1,2', '--dataset', 'v0', '--json']
const copies = 25
const samples = copies * 12
const planned = samples * 2

forEachDatabase((databases) => {
  describe('a run that was killed', () => {
    const cwd = temporaryFolder()
    let place: Place
    let before: { model: string; sample: string; asked: string }[]
    let status: Finished
    let resumed: CycleReport

    beforeAll(async () => {
      enlargeDataset(cwd, copies)
      place = { cwd, database: await databases.place() }
      await killWhileAsking(place)
      status = await runIncumbent(place, 'status')
      before = await outcomes(place)
      const { stdout, code, stderr } = await runIncumbent(place, 'resume', '--json')
      expect(stderr).not.toContain('defect')
      expect(code).toBe(0)
      resumed = JSON.parse(stdout) as CycleReport
    })

    test('leaves what it had stored, and says that it was interrupted and how to go on', () => {
      expect(before.length).toBeGreaterThan(0)
      expect(before.length).toBeLessThan(planned)
      expect(status.stdout).toContain('interrupted')
      expect(status.stdout).toContain('npx incumbent resume')
    })

    test('goes on where it stopped: every call is made once, what was answered is not asked again', async () => {
      const all = await outcomes(place)
      expect(all).toHaveLength(2 * planned)
      expect(new Set(all.map(({ model, sample }) => `${model} ${sample}`)).size).toBe(planned)
      const askedAt = new Map(all.map(({ model, sample, asked }) => [`${model} ${sample} ${asked}`, asked]))
      for (const { model, sample, asked } of before) expect(askedAt.get(`${model} ${sample} ${asked}`)).toBe(asked)
    })

    test('reports all tiers of the cycle in the end, with all their outcomes', () => {
      expect(resumed.evaluations.map(({ tier, status: state }) => [tier, state])).toEqual([
        [1, 'completed'],
        [2, 'completed'],
      ])
      for (const { runs } of resumed.evaluations) for (const { asked } of runs) expect(asked).toBe(samples)
    })

    test('is not interrupted any more, and there is nothing left to go on with', async () => {
      expect((await runIncumbent(place, 'status')).stdout).not.toContain('interrupted')
      const again = await runIncumbent(place, 'resume')
      expect(again.code).toBe(2)
      expect(again.stderr).toContain('no evaluation is interrupted')
    })
  })

  describe('Ctrl-C', () => {
    const cwd = temporaryFolder()

    test('stops at once with exit code 130, keeps what was answered, and resume finishes it', async () => {
      enlargeDataset(cwd, copies)
      const place = { cwd, database: await databases.place() }
      const child = startIncumbent(place, ...argv)
      const ended = finished(child)
      await asking(child)
      child.kill('SIGINT')
      const { code, stdout, stderr } = await ended
      expect(code).toBe(130)
      expect(stdout).toBe('')
      expect(stderr).toContain('npx incumbent resume')
      expect((await runIncumbent(place, 'resume', '--json')).code).toBe(0)
      expect(await outcomes(place)).toHaveLength(2 * planned)
    })
  })

  describe('two at once', () => {
    const cwd = temporaryFolder()

    test('one evaluates, the other is told who does, and nothing is lost', async () => {
      enlargeDataset(cwd, copies)
      const place = { cwd, database: await databases.place() }
      const first = startIncumbent(place, ...argv)
      const ended = finished(first)
      await asking(first)
      const second = await runIncumbent(place, ...argv)
      expect(second.code).not.toBe(0)
      expect(second.stderr).toMatch(/by process \d+|process \d+ on/)
      expect((await ended).code).toBe(0)
      expect(await outcomes(place)).toHaveLength(2 * planned)
    })
  })
})

async function killWhileAsking(place: Place): Promise<void> {
  const child = startIncumbent(place, ...argv)
  const ended = finished(child)
  await asking(child)
  child.kill('SIGKILL')
  await ended
}

/** Resolves some time after the first calls were made. */
async function asking(child: ReturnType<typeof startIncumbent>): Promise<void> {
  let said = ''
  while (!said.includes('Tier 1')) {
    const [chunk] = (await once(child.stderr ?? child, 'data')) as [Buffer]
    said += chunk.toString()
  }
  await delay(400)
}

async function outcomes(place: Place): Promise<{ model: string; sample: string; asked: string }[]> {
  const statement = 'select model_name as model, sample_key as sample, asked_at as asked from model_test_outcomes'
  const { stdout, stderr } = await runIncumbent(place, 'db', 'query', statement, '--json')
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as { model: string; sample: string; asked: string }[]
}
