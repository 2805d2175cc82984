import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { listAlerts } from '../../src/database/alert-queries.ts'
import type { Database } from '../../src/database/database.ts'
import { silentListener } from '../../src/workflows/cycle-listener.ts'
import { wholeRequest } from '../../src/workflows/cycle-request.ts'
import { runCycle } from '../../src/workflows/run-cycle.ts'
import { seatInitialModels } from '../../src/workflows/seat-initial-models.ts'
import { syncRegistry } from '../../src/workflows/sync-registry.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { startLoopbackGemini } from '../support/loopback-gemini.ts'
import { simulatedWeeks } from '../support/simulated-weeks.ts'
import { onEmbedded } from '../support/test-databases.ts'

const never = new AbortController().signal
const [holder, other] = ['gemini-2.0-flash-001', 'gemini-2.0-flash-lite-001']

/** One cycle of a tier of which a model answers 404. */
async function cycleWithout(database: Database, gone: string) {
  const server = await startLoopbackGemini({
    apiKey: 'key',
    answer: '{"team":"identity","urgency":3}',
    fault: ({ model }) => (model === gone ? 'unknown-model' : undefined),
  })
  const { folder } = simulatedWeeks(database, 12)
  const lines = [
    'baselines: []',
    `providers: { gemini: { apiKey: '\${GEMINI_API_KEY}', baseUrl: '${server.url}' } }`,
    `tiers: { 1: { name: tickets, task: ./tickets/tier1, dataset: ./tickets, candidates: [${holder}, ${other}], initial: ${holder}, repeats: 1 }, 2: none, 3: none }`,
  ]
  writeFileSync(join(folder, 'incumbent.yaml'), `${lines.join('\n')}\n`)
  const config = loadConfig({ cwd: folder, environment: { GEMINI_API_KEY: 'key', OLLAMA_HOST: '127.0.0.1:9' } })
  const clock = createFakeClock({ skipsSleep: true })
  await syncRegistry(database.db, config, clock.now())
  await seatInitialModels(database.db, config, clock.now())
  const workspace = { config, database, clock }
  const { evaluations } = await runCycle(workspace, wholeRequest, 'test', silentListener, never)
  await server.close()
  return { evaluation: evaluations[0], alerts: await listAlerts(database.db, 20) }
}

onEmbedded((databases) => {
  test('an incumbent that answers 404 is one alert, with all that is to be told of it', async () => {
    const { evaluation, alerts } = await cycleWithout(await databases.open(), holder)
    expect(alerts).toMatchObject([
      {
        kind: 'model-retired',
        severity: 'critical',
        subject: `${holder} is gone: tier 1 went to ${other}`,
        message: expect.stringMatching(
          /answered 404 .*retired in the registry.*assign 1 <model>.*discover.*models add/s,
        ),
        tier: 1,
        model: holder,
        evaluationId: evaluation?.id,
      },
    ])
  })

  test('a challenger that answers 404 has an alert of its own', async () => {
    const { evaluation, alerts } = await cycleWithout(await databases.open(), other)
    expect(alerts).toMatchObject([
      { severity: 'warning', subject: `${other} is gone`, model: other, evaluationId: evaluation?.id },
    ])
  })
})
