import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { insertRollout } from '../../src/database/rollout-queries.ts'
import { isForChallenger } from '../../src/rollout/split.ts'
import { challenger, exampleRollout, incumbent, openedEvent, partialState } from '../support/example-rollout.ts'
import { forEachDatabase } from '../support/test-databases.ts'

forEachDatabase((databases) => {
  test('resolve_model gives every key the model that the gateway gives it, whatever the share', async () => {
    const { db } = await databases.open()
    const keys = Array.from({ length: 3000 }, (_, index) => `Kunde ${index} – ${(index * 7919) % 1000}`)
    for (const [tier, share] of [
      [1, 0.1],
      [2, 1 / 3],
      [3, 0.5],
    ] as const) {
      const rollout = exampleRollout({ tier, state: partialState({ share }) })
      await insertRollout(db, rollout, openedEvent)
      const { rows } = await sql<{ model: string }>`
        select resolve_model(${tier}, key) as model
        from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) with ordinality as listed (key, place)
        order by place`.execute(db)
      const expected = keys.map((key) => (isForChallenger(rollout.id, key, share) ? challenger : incumbent))
      expect(rows.map(({ model }) => model)).toEqual(expected)
      expect(new Set(expected).size).toBe(2)
    }
  })

  test('resolve_model gives the holder of the seat in the shadow, without a key, and null for a tier without a seat', async () => {
    const { db } = await databases.open()
    await insertRollout(db, exampleRollout({ tier: 1 }), openedEvent)
    await insertRollout(db, exampleRollout({ tier: 2, state: partialState({ share: 0.5 }) }), openedEvent)
    const { rows } = await sql`
      select resolve_model(1, 'a') as shadow, resolve_model(2, null) as keyless, resolve_model(99, 'a') as none`.execute(
      db,
    )
    expect(rows).toEqual([{ shadow: incumbent, keyless: incumbent, none: null }])
  })
})
