import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listAlerts } from '../../src/database/alert-queries.ts'
import { listSlots, markSlot } from '../../src/database/slot-queries.ts'
import { rightAnswers } from '../support/answering-models.ts'
import { type OpenAiFault, startLoopbackOpenAi } from '../support/loopback-openai.ts'
import type { Loopback } from '../support/loopback-server.ts'
import { type Place, temporaryFolder } from '../support/run-incumbent.ts'
import { serveIncumbent } from '../support/serve-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

const expressions = { 'tier-1': '0 1 * * 0', report: '30 2 * * 0', send: '0 3 * * 0' }
const longAgo = new Date('2020-01-01T00:00:00Z')

onEmbedded((databases) => {
  describe('a service that is killed in the middle of a slot', () => {
    const cwd = temporaryFolder()
    let server: Loopback<OpenAiFault>
    let place: Place

    beforeAll(async () => {
      server = await startLoopbackOpenAi({ answer: rightAnswers(), latencyMs: 40 })
      const lines = [
        'baselines: []',
        'schedule: { timeZone: UTC, discover: none }',
        'reports: { email: { to: [team@example.com] } }',
        `providers: { vllm: { kind: openai, baseUrl: '${server.url}', concurrency: 4 } }`,
        'models: [{ name: served, provider: vllm }]',
        'tiers: { 1: { candidates: [served], initial: served, repeats: 1 }, 2: none, 3: none }',
      ]
      writeFileSync(join(cwd, 'incumbent.yaml'), `${lines.join('\n')}\n`)
      place = { cwd, database: await databases.place() }
      const database = await databases.openAt(place.database)
      for (const [schedule, cron] of Object.entries(expressions)) {
        const mark = { schedule, dueAt: longAgo, expression: `${cron} UTC`, roundAt: undefined }
        await markSlot(database.db, mark, 'a test', longAgo)
      }
      await database.close()
    })
    afterAll(() => server.close())

    async function stored() {
      const database = await databases.openAt(place.database)
      const outcomes = await database.db.selectFrom('model_test_outcomes').select('sample_key').execute()
      const read = {
        slots: (await listSlots(database.db, 30)).filter(({ state }) => state !== 'skipped'),
        asked: outcomes.length,
        deliveries: await database.db.selectFrom('deliveries').select('key').where('kind', '=', 'report').execute(),
        cycles: await database.db.selectFrom('cycles').select(['status', 'summary']).execute(),
        alerts: await listAlerts(database.db, 10),
      }
      await database.close()
      return read
    }

    test('goes on at its next start and at the one after a SIGTERM, asks nothing twice, and reports once', async () => {
      const first = await serveIncumbent(place)
      await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBeGreaterThan(8)
      await first.stop('SIGKILL')
      const second = await serveIncumbent(place)
      const before = server.requests.length
      await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBeGreaterThan(before + 8)
      expect(await second.stop('SIGTERM')).toMatchObject({ code: 0 })
      const handedBack = await stored()
      expect(handedBack.slots.map(({ schedule, state }) => `${schedule} ${state}`).sort()).toEqual([
        'report waiting',
        'send waiting',
        'tier-1 waiting',
      ])
      const third = await serveIncumbent(place)
      const sent = async () => (await fetch(`${third.url}/metrics`)).text()
      await expect.poll(sent, { timeout: 30_000 }).toContain('slots_total{schedule="send",state="done"} 1')
      await third.stop('SIGTERM')
      const { slots, asked, deliveries, cycles, alerts } = await stored()
      expect(slots.map(({ state, tries }) => ({ state, tries }))).toEqual([
        { state: 'done', tries: 1 },
        { state: 'done', tries: 1 },
        { state: 'done', tries: 3 },
      ])
      expect(cycles).toMatchObject([{ status: 'completed', summary: { evaluations: [{ tier: 1, samples: asked }] } }])
      expect(JSON.stringify(cycles[0]?.summary)).toContain('is caught up, as no service was there before')
      expect(deliveries).toHaveLength(1)
      expect(alerts.map(({ subject }) => subject)).toContain(
        'The schedule was missed and is caught up: tier 1, the report, sending the report',
      )
    }, 90_000)
  })
})
