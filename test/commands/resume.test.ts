import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CycleReport } from '../../src/reporting/cycle-report.ts'
import { startLoopbackOpenAi } from '../support/loopback-openai.ts'
import {
  type Finished,
  finished,
  type Place,
  runIncumbent,
  startIncumbent,
  temporaryFolder,
} from '../support/run-incumbent.ts'
import { forEachDatabase, type TestDatabases } from '../support/test-databases.ts'

const argv = ['run', '--dataset', 'v0', '--json']
const concurrency = 4
const tiers = 2
/** 12 samples, 3 repeats. */
const planned = 36 * tiers

type Server = Awaited<ReturnType<typeof startLoopbackOpenAi>>

async function placed(databases: TestDatabases, cwd: string, server: Server): Promise<Place> {
  const tier = '{ candidates: [served], initial: served }'
  const lines = [
    'baselines: []',
    `providers: { vllm: { kind: openai, baseUrl: '${server.url}', concurrency: ${concurrency} } }`,
    'models: [{ name: served, provider: vllm }]',
    `tiers: { 1: ${tier}, 2: ${tier}, 3: none }`,
  ]
  writeFileSync(join(cwd, 'incumbent.yaml'), `${lines.join('\n')}\n`)
  return { cwd, database: await databases.place() }
}

forEachDatabase((databases) => {
  let server: Server

  beforeAll(async () => {
    server = await startLoopbackOpenAi({ latencyMs: 100 })
  })
  afterAll(() => server.close())

  /** Resolves when the run that was just started has asked some of its calls. */
  async function asking(before: number): Promise<void> {
    while (server.calls() < before + 20) await delay(5)
  }

  describe('a run that was killed', () => {
    const cwd = temporaryFolder()
    let place: Place
    let before: Asked[]
    let status: Finished
    let resumed: CycleReport
    let calls: number

    beforeAll(async () => {
      place = await placed(databases, cwd, server)
      calls = server.calls()
      const child = startIncumbent(place, ...argv)
      const ended = finished(child)
      await asking(calls)
      child.kill('SIGKILL')
      await ended
      status = await runIncumbent(place, 'status')
      before = await outcomes(place)
      const { stdout, code, stderr } = await runIncumbent(place, 'resume', '--json')
      if (code !== 0) throw new Error(stderr)
      resumed = JSON.parse(stdout) as CycleReport
      calls = server.calls() - calls
    })

    test('leaves what it had stored, and says that it was interrupted and how to go on', () => {
      expect(before.length).toBeGreaterThan(10)
      expect(before.length).toBeLessThan(planned)
      expect(status.stdout).toContain('interrupted')
      expect(status.stdout).toContain('npx incumbent resume')
    })

    test('goes on where it stopped: only calls that were in flight are made a second time', async () => {
      const all = await outcomes(place)
      expect(all).toHaveLength(planned)
      for (const outcome of before) expect(all).toContainEqual(outcome)
      // Each process loads the model and probes the server's schema once; the second tier needs no more of that.
      const uncounted = 2 * 2 * tiers
      expect(calls).toBeLessThanOrEqual(planned + concurrency + uncounted)
    })

    test('reports all tiers of the cycle in the end, with all their outcomes', () => {
      expect(resumed.evaluations.map(({ tier, status: state }) => [tier, state])).toEqual([
        [1, 'completed'],
        [2, 'completed'],
      ])
      for (const { runs } of resumed.evaluations) for (const { asked } of runs) expect(asked).toBe(36)
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
      const place = await placed(databases, cwd, server)
      const calls = server.calls()
      const child = startIncumbent(place, ...argv)
      const ended = finished(child)
      await asking(calls)
      child.kill('SIGINT')
      const { code, stdout, stderr } = await ended
      expect(code).toBe(130)
      expect(stdout).toBe('')
      expect(stderr).toContain('npx incumbent resume')
      expect((await runIncumbent(place, 'resume', '--json')).code).toBe(0)
      expect(await outcomes(place)).toHaveLength(planned)
    })
  })

  describe('two at once', () => {
    const cwd = temporaryFolder()

    test('one evaluates, the other is told who does, and nothing is lost', async () => {
      const place = await placed(databases, cwd, server)
      const calls = server.calls()
      server.change({ latencyMs: 300 })
      const ended = finished(startIncumbent(place, ...argv))
      await asking(calls)
      const second = await runIncumbent(place, ...argv)
      server.change({ latencyMs: 100 })
      expect(second.code).not.toBe(0)
      expect(second.stderr).toMatch(/by process \d+|process \d+ on/)
      expect((await ended).code).toBe(0)
      expect(await outcomes(place)).toHaveLength(planned)
    })
  })
})

interface Asked {
  model: string
  tier: string
  sample: string
  repeat: number
  asked: string
}

async function outcomes(place: Place): Promise<Asked[]> {
  const statement =
    'select model_name as model, evaluation_id as tier, sample_key as sample, repeat, asked_at as asked from model_test_outcomes'
  const { stdout, stderr } = await runIncumbent(place, 'db', 'query', statement, '--json')
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Asked[]
}
