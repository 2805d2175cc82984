import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { Check } from '../../src/workflows/doctor/check.ts'
import { type Place, runIncumbent, temporaryFolder } from '../support/run-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

const configuration = `
models:
  - { name: sim-one, provider: simulated, simulated: { errorRate: 0.1, latencyMs: 10 } }
  - { name: sim-two, provider: simulated, simulated: { errorRate: 0.1, latencyMs: 10 } }
tiers:
  1: { candidates: [sim-one, sim-two], initial: sim-one }
  2: none
  3: none
`

onEmbedded((databases) => {
  const cwd = temporaryFolder()
  let place: Place

  beforeAll(async () => {
    writeFileSync(join(cwd, 'incumbent.yaml'), configuration)
    place = { cwd, database: await databases.place() }
  })

  test('says of every part that it works, and what nobody needs', async () => {
    const { code, stdout, stderr } = await runIncumbent(place, 'doctor')
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toContain('✓ configuration ')
    expect(stdout).toMatch(/✓ database +PostgreSQL 18\.\d+ embedded/)
    expect(stdout).toMatch(/✓ tier 1 +sim-one holds it; 1 of 1 challenger can be asked, about 100 samples/)
    expect(stdout).toMatch(/· provider gemini +no GEMINI_API_KEY; no tier asks it/)
    expect(stdout).toContain('Everything that is needed works.')
  })

  test('a provider without its key is a problem of the tiers that need it, with the remedy', async () => {
    writeFileSync(join(cwd, 'keyless.yaml'), '{}')
    const { code, stdout, stderr } = await runIncumbent(place, 'doctor', '--json', '--config', 'keyless.yaml')
    const { checks } = JSON.parse(stdout) as { checks: Check[] }
    expect(checks.find(({ part }) => part === 'provider gemini')).toEqual({
      part: 'provider gemini',
      status: 'problem',
      words: 'no GEMINI_API_KEY (4 models cannot be asked)',
      remedy: 'Set GEMINI_API_KEY in .env',
    })
    expect(code).toBe(1)
    expect(stderr).toBe('1 problem to mend.\n')
  })

  test('a mistake in the configuration is told with file and line, and ends the examination', async () => {
    writeFileSync(join(cwd, 'wrong.yaml'), 'tiers:\n  1:\n    weights: 3\n')
    const { code, stdout } = await runIncumbent(place, 'doctor', '--config', 'wrong.yaml')
    expect(code).toBe(1)
    expect(stdout).toContain('wrong.yaml:3: at tiers.1.weights: expected a map, got 3')
    expect(stdout).not.toContain('database')
  })

  test('a database that does not answer is a problem, and the rest is still told', async () => {
    const away = { ...place, database: { url: 'postgres://nobody:secret-word@127.0.0.1:9/none', home: place.cwd } }
    const { code, stdout, stderr } = await runIncumbent(away, 'doctor')
    expect(code).toBe(1)
    expect(stdout).toMatch(/✗ database +Expected a PostgreSQL server at 127.0.0.1:9/)
    expect(stdout).toContain('✓ disk of the reports')
    expect(stdout + stderr).not.toContain('secret-word')
  })
})
