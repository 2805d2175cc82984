import { expect, test } from 'vitest'
import { coalesced } from '../../../../src/serving/gateway/traffic/coalesced.ts'

test('a call gets a run that has begun after it, and calls that wait share one', async () => {
  const begun: PromiseWithResolvers<void>[] = []
  const call = coalesced(() => {
    const run = Promise.withResolvers<void>()
    begun.push(run)
    return run.promise
  })
  const first = call()
  const later = [call(), call()]
  expect(begun).toHaveLength(1)
  begun[0]?.resolve()
  await first
  await Promise.resolve()
  expect(begun).toHaveLength(2)
  begun[1]?.resolve()
  await Promise.all(later)
  expect(begun).toHaveLength(2)
})

test('a run that failed is told to those who called for it, and the next call runs again', async () => {
  let runs = 0
  const call = coalesced(async () => {
    runs += 1
    if (runs === 1) throw new Error('away')
  })
  const [first, second] = [call(), call()]
  await expect(first).rejects.toThrow('away')
  await expect(second).resolves.toBeUndefined()
  expect(runs).toBe(2)
})
