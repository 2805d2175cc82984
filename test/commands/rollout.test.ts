import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CycleReport } from '../../src/reporting/cycle-report.ts'
import type { TierRollouts } from '../../src/workflows/rollout/rollout-history.ts'
import type { TierState } from '../../src/workflows/tier-states.ts'
import { finished, type Place, runIncumbent, startIncumbent, temporaryFolder } from '../support/run-incumbent.ts'
import { forEachDatabase } from '../support/test-databases.ts'

const price = 'price: { inputUsdPer1k: 0.001, outputUsdPer1k: 0.002, asOf: 2026-01-01 }'
const model = (name: string, simulated: string) =>
  `  - { name: ${name}, provider: simulated, simulated: { ${simulated} }, ${price} }`

const configuration = `
baselines: []
models:
${model('sim-held', 'errorRate: 0.3, latencyMs: 2000')}
${model('sim-better', 'errorRate: 0.02, latencyMs: 600')}
tiers:
  1: { candidates: [sim-held, sim-better], initial: sim-held, repeats: 1 }
  2: none
  3: none
`

forEachDatabase((databases) => {
  describe('a tier without live traffic, on the command line', () => {
    const cwd = temporaryFolder()
    let place: Place
    const incumbent = async (...argv: string[]) => runIncumbent(place, ...argv)

    beforeAll(async () => {
      writeFileSync(join(cwd, 'incumbent.yaml'), configuration)
      place = { cwd, database: await databases.place() }
    })

    test('goes on after a kill -9 in the middle of its confirmation, and gives the seat to the better model', async () => {
      const child = startIncumbent(place, 'run')
      const ended = finished(child)
      await new Promise<void>((resolve) => {
        let errors = ''
        child.stderr?.on('data', (chunk) => {
          errors += String(chunk)
          if (errors.includes('asked everything once more')) resolve()
        })
        child.on('close', () => resolve())
      })
      child.kill('SIGKILL')
      await ended
      const before = JSON.parse((await incumbent('status', '--json')).stdout) as { tiers: TierState[] }
      expect(before.tiers[0]).toMatchObject({
        model: 'sim-held',
        interrupted: [{}],
        movement: { rollouts: [{ stage: 'shadow', challenger: 'sim-better' }] },
      })
      const { stdout, stderr, code } = await incumbent('resume', '--json')
      expect(code, stderr).toBe(0)
      const { evaluations } = JSON.parse(stdout) as CycleReport
      expect(evaluations).toMatchObject([{ tier: 1, assignment: { model: 'sim-better', changed: true } }])
      expect((await incumbent('status')).stdout).toContain('Rollouts:\n  - tier 1: sim-better holds tier 1 since')
    })

    test('keeps who changed it, when and why; a person may say otherwise', async () => {
      const refused = await incumbent('assign', '1', 'sim-held')
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("required option '--reason <text>'") })
      const said = await incumbent('assign', 'core', 'sim-held', '--reason', 'a trial', '--by', 'Ada', '--json')
      expect(JSON.parse(said.stdout)).toMatchObject({ tier: 1, seat: 'sim-held', rollout: null })
      const [history] = JSON.parse((await incumbent('rollouts', '1', '--json')).stdout) as TierRollouts[]
      expect(history?.events.map(({ by, event, to }) => [by, event, to])).toEqual([
        ['manual:Ada', 'seat-changed', 'superseded'],
        ['auto', 'confirmed', 'full'],
        ['auto', 'opened', 'shadow'],
      ])
      const log = await incumbent('db', 'query', 'SELECT by, model, why FROM assignment_log ORDER BY at DESC LIMIT 2')
      expect(log.stdout).toContain('manual:Ada')
      expect(log.stdout).toContain('a trial')
    })

    test('tells what stands in the way: nothing to approve, an unknown tier, a share that is none', async () => {
      expect(await incumbent('approve', '1')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('Nothing is on its way on tier 1: sim-held holds it.'),
      })
      expect(await incumbent('approve', 'cor')).toMatchObject({
        code: 2,
        stderr: 'Expected a tier of the configuration, got "cor". Did you mean "core"? Tiers: 1 (core).\n',
      })
      expect(await incumbent('ab', 'start', '1', 'sim-better', '--share', '0.7')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('expected a share above 0 and at most 0.5, got "0.7"'),
      })
    })
  })
})
