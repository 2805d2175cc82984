import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { type Place, temporaryFolder } from '../../support/run-incumbent.ts'
import { serveIncumbent } from '../../support/serve-incumbent.ts'
import { forEachDatabase } from '../../support/test-databases.ts'
import {
  ask,
  askUntil,
  clientFor,
  configuration,
  holder,
  openAt,
  openShadow,
  type Served,
  startLiveService,
  startModels,
  writeConfiguration,
} from './live-service.ts'

forEachDatabase((databases) => {
  describe('a service that is killed in any stage', () => {
    const cwd = temporaryFolder()

    test('goes on from the truth, and has lost at most the last second of what it saw', async () => {
      const models = await startModels()
      writeConfiguration(cwd, configuration(models))
      const place: Place = { cwd, database: await databases.place() }
      await prepare(place)

      const seen = await untilKilledASecondLater(place, 120)
      expect(await storedRequests(place)).toBe(seen)

      const shadow = await untilKilled(place, ({ stage }) => stage === 'partial')
      expect(shadow[0]).toMatchObject({ model: holder, stage: 'shadow' })
      const partial = await untilKilled(place, ({ stage }) => stage === 'full')
      expect(partial[0]?.stage).toBe('partial')
      models.newcomer.change({ fault: ({ index }) => (index % 8 === 0 ? '500' : undefined) })
      const full = await untilKilled(place, ({ model, attempt }) => model === holder && attempt === '1')
      expect(full[0]?.stage).toBe('full')
      await using live = await startLiveService(await openAt(cwd, place.database))
      expect(await ask(live.client)).toMatchObject({ model: holder, stage: 'none' })
    }, 60_000)
  })
})

async function prepare({ cwd, database }: Place): Promise<void> {
  const workspace = await openAt(cwd, database)
  await openShadow(workspace)
  await workspace.database.close()
}

/** Starts a service, asks it until something holds, and kills it. */
async function untilKilled(place: Place, holds: Parameters<typeof askUntil>[1]): Promise<Served[]> {
  const service = await serveIncumbent(place, '--no-schedule')
  try {
    return await askUntil({ client: clientFor(service.url) }, holds)
  } finally {
    await service.stop('SIGKILL')
  }
}

/** @returns how many requests were answered more than a second before the service was killed */
async function untilKilledASecondLater(place: Place, requests: number): Promise<number> {
  const service = await serveIncumbent(place, '--no-schedule')
  const live = { client: clientFor(service.url) }
  let seen = 0
  while (seen < requests) seen += (await askUntil(live, () => true)).length
  await delay(1_000)
  await service.stop('SIGKILL')
  return seen
}

async function storedRequests({ cwd, database: place }: Place): Promise<number | undefined> {
  const { database } = await openAt(cwd, place)
  try {
    const [requests] = await database.db
      .selectFrom('live_observations')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('arm', '<>', 'challenger')
      .execute()
    return requests?.n
  } finally {
    await database.close()
  }
}
