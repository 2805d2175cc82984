import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { CostProjection } from '../../src/reporting/cost-projection/cost-projection.ts'
import { type Place, runIncumbent, temporaryFolder } from '../support/run-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

const price = 'price: { inputUsdPer1k: 0.0001, outputUsdPer1k: 0.0004, asOf: 2026-01-01 }'
const configuration = `
models:
  - { name: sim-held, provider: simulated, simulated: { errorRate: 0.3, latencyMs: 2000 }, ${price} }
  - { name: sim-unpriced, provider: simulated, simulated: { errorRate: 0.3, latencyMs: 2000 } }
tiers:
  1: { candidates: [sim-held, sim-unpriced], initial: sim-held }
  2: none
  3: none
budget: { monthUsd: 60 }
`

onEmbedded((databases) => {
  const cwd = temporaryFolder()
  let place: Place

  beforeAll(async () => {
    writeFileSync(join(cwd, 'incumbent.yaml'), configuration)
    place = { cwd, database: await databases.place() }
    const { code, stderr } = await runIncumbent(place, 'run', '--dataset', 'v0', '--repeats', '1')
    if (code !== 0) throw new Error(stderr)
  })

  test('tells people what a tier costs, what is over the budget, and how to get a figure that is missing', async () => {
    const { stdout, code } = await runIncumbent(place, 'cost', '--tier', '1', '--per-day', '5000', '--growth', '30')
    expect(code).toBe(0)
    expect(stdout).toContain(
      'Tier 1 (core): sim-held costs $38 in the next 30 days with 5,000 requests a day, growing 30',
    )
    expect(stdout).toMatch(
      /sim-held \(simulated\) +\$0\.22 +\$1\.10 +\$38 +\$2,8\d\d +holds the seat +within, over from /,
    )
    expect(stdout).toContain('  - sim-unpriced: its price is unknown: npx incumbent models add sim-unpriced --price')
    expect(stdout).not.toContain('$0 ')
  })

  test('the command that it names brings the figure', async () => {
    const added = await runIncumbent(place, 'models', 'add', 'sim-unpriced', '--price', '0.001,0.002')
    expect(added.stdout).toBe('sim-unpriced has a new price, which begins a new epoch of its results.\n')
    const { stdout } = await runIncumbent(place, 'cost', '--tier', 'core', '--per-day', '1000', '--json')
    const [projection] = JSON.parse(stdout) as CostProjection[]
    const unpriced = projection?.models.find(({ model }) => model === 'sim-unpriced')
    expect(unpriced?.costUsd?.month.mean).toBeCloseTo(48, 9)
    expect(unpriced?.monthLessIncumbentUsd?.mean).toBeCloseTo(48 - 6.6, 9)
  })

  test('a price of the configuration is changed there and nowhere else', async () => {
    const { stderr, code } = await runIncumbent(place, 'models', 'add', 'sim-held', '--price', '1,1')
    expect(code).toBe(2)
    expect(stderr).toContain('incumbent.yaml: change it there.')
  })

  test('what cannot be projected ends with 2 and says what was expected', async () => {
    const wrong = [
      [['--per-day', '0'], 'expected a whole number of at least 1'],
      [['--per-day', '10', '--input-tokens', '5'], 'give --input-tokens and --output-tokens together'],
      [['--per-day', '10', '--growth=-100'], 'expected a percentage above -100'],
      [
        ['--per-day', '10', '--price', 'sim-held=1,2@2026-02-30'],
        'expected such as gemini-2.0-flash-001=0.0002,0.0008@2027-01-01',
      ],
      [['--per-day', '10', '--tier', '7'], 'Expected a tier of the configuration, got "7".'],
      [[], 'Tier 1 had no live request in the last 7 days'],
    ] as const
    for (const [options, words] of wrong) {
      const { code, stderr } = await runIncumbent(place, 'cost', ...options)
      expect(stderr).toContain(words)
      expect(code).toBe(2)
    }
  })
})
