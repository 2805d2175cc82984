import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { loadCycle, openCycle } from '../../src/database/cycle-queries.ts'
import type { Database } from '../../src/database/database.ts'
import { listEvaluations } from '../../src/database/evaluation-queries.ts'
import { newId } from '../../src/shared/new-id.ts'
import { silentListener } from '../../src/workflows/cycle-listener.ts'
import { resumeCycle } from '../../src/workflows/resume-cycle.ts'
import { evaluateTier } from '../../src/workflows/scheduled/evaluate-tier.ts'
import { syncRegistry } from '../../src/workflows/sync-registry.ts'
import { QuotaUsedUp } from '../../src/workflows/used-up-quotas.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { startLoopbackOpenAi } from '../support/loopback-openai.ts'
import { simulatedWeeks } from '../support/simulated-weeks.ts'
import { onEmbedded } from '../support/test-databases.ts'

const never = new AbortController().signal
const hourMs = 3_600_000

/** Tier 1 asks a server that answers 8 calls a day, tier 2 one without a limit; both have a dataset of 12 samples. */
async function scene(database: Database) {
  const server = await startLoopbackOpenAi({ answer: '{"team":"identity","urgency":3}' })
  const { folder } = simulatedWeeks(database, 12)
  const clock = createFakeClock({ skipsSleep: true })
  const tier = (model: string) =>
    `{ name: ${model}s, task: ./tickets/tier1, dataset: ./tickets, candidates: [${model}], repeats: 1 }`
  const lines = [
    'baselines: []',
    'schedule: { timeZone: UTC }',
    `providers:\n  small: { kind: openai, baseUrl: '${server.url}', requestsPerDay: 8 }\n  large: { kind: openai, baseUrl: '${server.url}' }`,
    'models: [{ name: metered, provider: small }, { name: free, provider: large }]',
    `tiers: { 1: ${tier('metered')}, 2: ${tier('free')}, 3: none }`,
  ]
  writeFileSync(join(folder, 'incumbent.yaml'), `${lines.join('\n')}\n`)
  const config = loadConfig({ cwd: folder, environment: {} })
  await syncRegistry(database.db, config, clock.now())
  return { workspace: { config, database, clock }, clock, server }
}

onEmbedded((databases) => {
  test('by hand, too, a daily quota that is used up is told with its end, and nothing is recorded until then', async () => {
    const database = await databases.open()
    const { workspace, clock, server } = await scene(database)
    const cycleId = newId()
    await openCycle(database.db, { id: cycleId, startedBy: 'schedule', startedAt: clock.now() })
    const outcomes = () => database.db.selectFrom('model_test_outcomes').select(['model_name', 'status']).execute()
    const evaluations = async () => {
      const all = await listEvaluations(database.db, { cycleId, limit: 9 })
      return all.sort((a, b) => a.tier - b.tier).map(({ status }) => status)
    }
    const stopped = new AbortController()
    const stopping = { ...silentListener, outcome: () => stopped.abort(new Error('stopped')) }
    const begun = (tier: number) => ({ cycleId, tier, begunAt: clock.now() })
    await expect(evaluateTier(workspace, begun(1), silentListener, never)).rejects.toThrow(QuotaUsedUp)
    await expect(evaluateTier(workspace, begun(2), stopping, stopped.signal)).rejects.toThrow('stopped')
    const before = await outcomes()

    // The tier that does not wait for it is done all the same.
    const resumed = resumeCycle(workspace, undefined, silentListener, never)
    await expect(resumed).rejects.toThrow(
      /^The daily quota of metered is used up until Sunday 22 November 2026, 08:02 \(UTC\)\. .*npx incumbent resume/,
    )
    expect(await evaluations()).toEqual(['interrupted', 'completed'])
    const metered = (await outcomes()).filter(({ model_name: model }) => model === 'metered')
    expect(metered).toEqual(before.filter(({ model_name: model }) => model === 'metered'))
    expect(metered.filter(({ status }) => status === 'failed')).toEqual([])
    expect((await loadCycle(database.db, cycleId))?.status).toBe('interrupted')

    await clock.advance(8 * hourMs)
    const report = await resumeCycle(workspace, undefined, silentListener, never)
    await server.close()
    expect(report.evaluations.map(({ tier, runs }) => [tier, runs[0]?.asked, runs[0]?.scored])).toEqual([
      [1, 12, 12],
      [2, 12, 12],
    ])
  })
})
