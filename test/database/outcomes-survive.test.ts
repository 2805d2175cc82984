import { expect, test } from 'vitest'
import { loadEvaluation } from '../../src/database/evaluation-queries.ts'
import { markInterrupted } from '../../src/database/holds.ts'
import { loadAskedCalls } from '../../src/database/outcome-queries.ts'
import { startChild } from '../support/child-process.ts'
import { storeEvaluation } from '../support/example-evaluation.ts'
import { forEachDatabase } from '../support/test-databases.ts'

forEachDatabase((databases) => {
  test('kill -9 in the middle of saving loses no outcome that was acknowledged, and the database opens again', async () => {
    const place = await databases.place()
    const before = await databases.openAt(place)
    const { evaluation } = await storeEvaluation(before.db)
    await before.close()

    for (const round of [1, 2]) {
      const script = `${import.meta.dirname}/processes/save-outcomes.ts`
      const saver = startChild(script, [evaluation.id, place.home, ...(place.url === undefined ? [] : [place.url])])
      await saver.line(`saved 3-${round * 20}`)
      await saver.kill('SIGKILL')
      const acknowledged = saver.lines.filter((line) => line.startsWith('saved ')).map((line) => line.slice(6))

      const after = await databases.openAt(place)
      const stored = new Set((await loadAskedCalls(after.db, evaluation.id)).map(({ sampleKey }) => sampleKey))
      expect(acknowledged.length).toBeGreaterThan(40)
      expect(acknowledged.filter((key) => !stored.has(key))).toEqual([])
      expect(await markInterrupted(after)).toEqual(round === 1 ? [evaluation.id] : [])
      expect(await loadEvaluation(after.db, evaluation.id)).toMatchObject({ status: 'interrupted' })
      await after.close()
    }
  })
})
