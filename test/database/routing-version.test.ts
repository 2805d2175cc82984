import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { assign } from '../../src/database/assignment-queries.ts'
import { pinTier, unpinTier } from '../../src/database/pin-queries.ts'
import { insertRollout, updateRollout } from '../../src/database/rollout-queries.ts'
import { routingVersion } from '../../src/database/routing-version.ts'
import { exampleTime } from '../support/example-evaluation.ts'
import { challenger, exampleRollout, incumbent, openedEvent, partialState } from '../support/example-rollout.ts'
import { forEachDatabase, onServer } from '../support/test-databases.ts'

forEachDatabase((databases) => {
  test('the routing version grows with every change of a seat, a rollout, a pin or a model, and with nothing else', async () => {
    const { db } = await databases.open()
    const rollout = exampleRollout()
    const pin = { tier: 1, model: incumbent, by: 'manual:ada', reason: 'a launch', at: exampleTime }
    const changes: (() => Promise<unknown>)[] = [
      () => assign(db, { tier: 1, model: challenger, assignedBy: 'auto', reason: 'verdict', at: exampleTime }),
      () => insertRollout(db, rollout, openedEvent),
      () =>
        db.transaction().execute((trx) => {
          return updateRollout(trx, { ...rollout, state: partialState() }, { ...openedEvent, from: 'shadow' })
        }),
      () => pinTier(db, pin),
      () => unpinTier(db, 1, pin),
      () => sql`update model_registry set is_active = false where model_name = ${incumbent}`.execute(db),
      () => sql`update model_assignments set current_model = ${incumbent} where tier = 2`.execute(db),
    ]
    for (const act of changes.slice(0, 6)) {
      const before = await routingVersion(db)
      await act()
      expect(await routingVersion(db)).toBeGreaterThan(before)
    }
    const before = await routingVersion(db)
    await changes[6]?.()
    expect(await routingVersion(db)).toBe(before)
  })
})

onServer((databases) => {
  test('the routing version is seen with the change, not before it', async () => {
    const { db } = await databases.open()
    const before = await routingVersion(db)
    await db.transaction().execute(async (trx) => {
      await assign(trx, { tier: 1, model: challenger, assignedBy: 'auto', reason: 'verdict', at: exampleTime })
      expect(await routingVersion(db)).toBe(before)
    })
    expect(await routingVersion(db)).toBeGreaterThan(before)
  })

  test('transactions that change the same tiers in another order do not block each other over it', async () => {
    const { db } = await databases.open()
    const takeAll = (model: string) =>
      Promise.all(
        [1, 2, 3].map((tier) => assign(db, { tier, model, assignedBy: 'auto', reason: 'r', at: exampleTime })),
      )
    await Promise.all([takeAll(challenger), takeAll('gemini-1.5-pro'), takeAll('gemini-1.5-flash')])
    expect(await routingVersion(db)).toBeGreaterThan(0)
  })
})
