import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { CycleReport } from '../../src/reporting/cycle-report.ts'
import type { Explanation } from '../../src/workflows/explanation.ts'
import { type Place, runIncumbent, temporaryFolder } from '../support/run-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

const configuration = `
models:
  - { name: sim-held, provider: simulated, simulated: { errorRate: 0.3, latencyMs: 2000 } }
  - { name: sim-better, provider: simulated, simulated: { errorRate: 0.05, latencyMs: 900 } }
tiers:
  1: { candidates: [sim-held, sim-better], initial: sim-held, formula: "0.7 * accuracy + 0.3 * speed" }
  2: { candidates: [sim-held, sim-better], initial: none }
  3: none
`

onEmbedded((databases) => {
  const cwd = temporaryFolder()
  let place: Place
  let ids: Map<number, string>

  beforeAll(async () => {
    writeFileSync(join(cwd, 'incumbent.yaml'), configuration)
    place = { cwd, database: await databases.place() }
    const { stdout, stderr, code } = await runIncumbent(place, 'run', '--dataset', 'v0', '--json')
    if (code !== 0) throw new Error(stderr)
    const { evaluations } = JSON.parse(stdout) as CycleReport
    ids = new Map(evaluations.map(({ tier, id }) => [tier, id]))
  })

  function idOf(tier: number): string {
    return ids.get(tier)?.slice(0, 13) ?? 'none'
  }

  test('tells the decision, by the beginning of the id of its evaluation', async () => {
    const { stdout, code } = await runIncumbent(place, 'explain', idOf(1))
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Evaluation \S+ · tier 1 \(core\) · \d{4}-\d\d-\d\d · completed\n\nTier 1 \(core\): /)
    expect(stdout).toContain('✗  enough independent samples for a switch')
    expect(stdout).toContain('Total = 0.7 * accuracy + 0.3 * speed')
    expect(stdout).toContain('sim-held (simulated)')
    expect(stdout).toMatch(/\n10\) v0-/)
  })

  test('--json prints one document with the same', async () => {
    const { stdout } = await runIncumbent(place, 'explain', idOf(1), '--model', 'sim-better', '--json')
    const { pair, scoring, evidence } = JSON.parse(stdout) as Explanation
    expect(pair).toMatchObject({ held: 'sim-held', challenger: 'sim-better', spread: { samples: 12 } })
    expect(scoring.settings.formula).toBe('0.7 * accuracy + 0.3 * speed')
    expect(evidence.weightsThatFlip).toBeNull()
  })

  test('a vacant seat is explained by who came next', async () => {
    const { stdout } = await runIncumbent(place, 'explain', idOf(2), '--json')
    const { pair, recommendation } = JSON.parse(stdout) as Explanation
    expect(recommendation.decision).toBe('initial_assignment')
    expect(pair).toMatchObject({ held: 'sim-held', challenger: 'sim-better', comparison: null, gates: [] })
    expect(pair?.movedMost).toHaveLength(10)
  })

  test('a wrong id, a model that was not compared and a missing id are wrong use', async () => {
    const unknown = await runIncumbent(place, 'explain', 'ffffffff-ffff')
    expect(unknown).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/There is no evaluation ffffffff-ffff.*The newest: [0-9a-f]{8} \(tier \d/),
    })
    const other = await runIncumbent(place, 'explain', idOf(1), '--model', 'gpt')
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('expected a model that was compared') })
    expect((await runIncumbent(place, 'explain')).code).toBe(2)
  })

  test('status says what the weights mean, or which formula stands in their place', async () => {
    const { stdout } = await runIncumbent(place, 'status')
    expect(stdout).toContain("tier 1: The total is the tier's own formula: 0.7 * accuracy + 0.3 * speed.")
    expect(stdout).toContain('tier 2: Half the latency is worth 15 accuracy points, half the cost 6.')
    expect(stdout).toContain('What the last evidence shows:')
  })
})
