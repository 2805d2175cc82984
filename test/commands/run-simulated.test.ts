import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { CycleReport, EvaluationReport, RunReport } from '../../src/reporting/cycle-report.ts'
import { type Place, runIncumbent, temporaryFolder } from '../support/run-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

const price = '{ inputUsdPer1k: 0.001, outputUsdPer1k: 0.002, asOf: 2026-01-01 }'

function model(name: string, simulated: string, withPrice = true): string {
  return `  - { name: ${name}, provider: simulated, simulated: { ${simulated} }${withPrice ? `, price: ${price}` : ''} }`
}

const configuration = `
models:
${model('sim-held', 'errorRate: 0.3, latencyMs: 2000')}
${model('sim-better', 'errorRate: 0.02, latencyMs: 600')}
${model('sim-broken', 'errorRate: 0, latencyMs: 10, failureRate: 1')}
${model('sim-unpriced', 'errorRate: 0.3, latencyMs: 2000', false)}
tiers:
  1:
    candidates: [sim-held, sim-better, sim-broken, sim-unpriced]
    initial: sim-held
  2:
    candidates: [sim-better, sim-held]
    initial: none
  3: none
budget: { cycleUsd: 100 }
`

onEmbedded((databases) => {
  const cwd = temporaryFolder()
  let place: Place
  let report: CycleReport

  beforeAll(async () => {
    writeFileSync(join(cwd, 'incumbent.yaml'), configuration)
    place = { cwd, database: await databases.place() }
    const { stdout, stderr, code } = await runIncumbent(place, 'run', '--dataset', 'v0', '--json')
    if (code !== 0) throw new Error(stderr)
    report = JSON.parse(stdout) as CycleReport
  })

  function tier(id: number): EvaluationReport {
    const evaluation = report.evaluations.find((one) => one.tier === id)
    if (evaluation === undefined) throw new Error(`Tier ${id} was not evaluated.`)
    return evaluation
  }

  function run(name: string): RunReport {
    const found = tier(1).runs.find(({ model: one }) => one === name)
    if (found === undefined) throw new Error(`${name} did not run.`)
    return found
  }

  test('asks every language model three times, a baseline once, on the same samples', () => {
    expect(run('sim-held').asked).toBe(36)
    expect(run('sim-better').asked).toBe(36)
    expect(run('rules-basic').asked).toBe(12)
    expect(tier(1)).toMatchObject({ samples: 12, repeats: 3 })
  })

  test('states accuracy, consistency, latency, tokens and cost of each', () => {
    const { accuracy, accuracyCi95, consistency, latencyMs, tokens, costUsd } = run('sim-better')
    expect(accuracy).toBeGreaterThan(run('sim-held').accuracy ?? 100)
    expect(accuracyCi95?.[0]).toBeLessThan(accuracy ?? 0)
    expect(consistency).toBeGreaterThan(0)
    expect(latencyMs.p50).toBeGreaterThan(300)
    expect(tokens).toEqual({ input: 36_000, output: 10_800, total: 46_800 })
    expect(costUsd).toBeCloseTo(36 * (0.001 + 0.3 * 0.002), 9)
  })

  test('a model that fails every call is in the result as failed and never wins', () => {
    expect(run('sim-broken')).toMatchObject({
      status: 'failed',
      scored: 0,
      failed: { timeout: 36 },
      consistency: null,
    })
    expect(run('sim-broken').scores.total).toBe(0)
    expect(run('sim-broken').fieldRelative).toBeNull()
    expect(tier(1).recommendation.target).not.toBe('sim-broken')
  })

  test('an unknown price is unknown, not free', () => {
    expect(run('sim-unpriced').costUsd).toBeNull()
    expect(run('sim-unpriced').scores.cost).toBeNull()
    const compared = tier(1).recommendation.comparisons.find(({ model: one }) => one === 'sim-unpriced')
    expect(compared?.flags).toContain('cost_missing_worst_case')
  })

  test('twelve samples never switch a seat, and the reasoning says what blocks it and what they can show', () => {
    const { recommendation, reasoning, assignment } = tier(1)
    expect(recommendation.decision).not.toBe('switch')
    const better = recommendation.comparisons.find(({ model: one }) => one === 'sim-better')
    expect(better?.blocked).toContain('too_few_items_for_switch')
    expect(reasoning).toContain('sim-better')
    expect(reasoning).toMatch(/\+\d+\.\d \([+−]?\d+\.\d to \+?\d+\.\d\)/)
    expect(assignment).toEqual({ model: 'sim-held', changed: false })
  })

  test('a simulated model never takes a real seat, and the reasoning says so', () => {
    expect(tier(2).recommendation).toMatchObject({ decision: 'initial_assignment', incumbent: null })
    expect(tier(2).assignment).toEqual({ model: null, changed: false })
    expect(tier(2).reasoning).toContain('seat stays vacant')
  })

  test('status says of a seat that stays vacant that it does, and why', async () => {
    const { stdout } = await runIncumbent(place, 'status')
    expect(stdout).toMatch(/^2 enhanced +vacant .* stays vacant \d{4}/m)
    expect(stdout).toContain(
      'Tier 2 (enhanced): the seat stays vacant. sim-better is the best of the models, but it is simulated, and a simulated model never takes a real seat.',
    )
    expect(stdout).not.toMatch(/initial.assignment|^Tier 1 \(core\)/m)
  })

  test('says "simulated" wherever such a model is shown', () => {
    const markdown = readFileSync(join(cwd, report.reports[0] ?? ''), 'utf8')
    for (const name of ['sim-held', 'sim-better']) expect(markdown).toContain(`${name} (simulated)`)
  })

  test('refuses to start a cycle that costs more than the budget, with what it would cost', async () => {
    writeFileSync(join(cwd, 'poor.yaml'), configuration.replace('cycleUsd: 100', 'cycleUsd: 0.0001'))
    const { code, stderr } = await runIncumbent(place, '--config', 'poor.yaml', 'run', '--dataset', 'v0')
    expect(code).toBe(2)
    expect(stderr).toMatch(/would cost about \$0\.\d+; budget\.cycleUsd allows \$0\.00010/)
    expect(stderr).toContain('Nothing was asked')
  })

  test('the same seed gives the same scores again, and --no-apply says that nothing follows', async () => {
    const argv = ['run', '--tier', '1', '--dataset', 'v0', '--no-apply', '--json']
    const again = JSON.parse((await runIncumbent(place, ...argv)).stdout) as CycleReport
    const scores = (runs: readonly RunReport[] | undefined) =>
      runs?.map(({ model: one, scores: all }) => [one, all.accuracy])
    expect(scores(again.evaluations[0]?.runs)).toEqual(scores(tier(1).runs))
    expect(again.evaluations[0]?.warnings.join(' ')).toContain('Nothing follows')
  })
})
