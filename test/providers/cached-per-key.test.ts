import { expect, test } from 'vitest'
import { createCachedPerKey } from '../../src/providers/cached-per-key.ts'
import { createFakeClock, settled } from '../support/fake-clock.ts'

const never = new AbortController().signal

function loading() {
  const clock = createFakeClock()
  const loads: {
    key: string
    resolve: (value: string) => void
    reject: (error: unknown) => void
    signal: AbortSignal
  }[] = []
  const load = (key: string, signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('a library’s own words')))
      loads.push({ key, resolve, reject, signal })
    })
  return { clock, loads, cached: createCachedPerKey(load, { clock, maxAgeMs: 1_000 }) }
}

test('a value is loaded once per key while it is young, also for those who come while it loads', async () => {
  const { cached, loads, clock } = loading()
  const both = [cached.get('a', never), cached.get('a', never)]
  loads[0]?.resolve('one')
  expect(await Promise.all(both)).toEqual(['one', 'one'])
  await clock.advance(1_000)
  expect(await cached.get('a', never)).toBe('one')
  void cached.get('b', never)
  expect(loads.map(({ key }) => key)).toEqual(['a', 'b'])
  await clock.advance(1)
  void cached.get('a', never)
  expect(loads).toHaveLength(3)
})

test('it can be asked whether a value is there', async () => {
  const { cached, clock } = loading()
  expect(cached.has('a')).toBe(false)
  void cached.get('a', never)
  expect([cached.has('a'), cached.has('b')]).toEqual([true, false])
  await clock.advance(1_001)
  expect(cached.has('a')).toBe(false)
})

test('a failed load fails those who waited for it, and the next caller tries again', async () => {
  const { cached, loads } = loading()
  const both = Promise.allSettled([cached.get('a', never), cached.get('a', never)])
  loads[0]?.reject(new Error('down'))
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const next = cached.get('a', never)
  loads[1]?.resolve('up')
  expect(await next).toBe('up')
})

test('the abort of the one who began does not fail the others, who load it once more between them', async () => {
  const { cached, loads } = loading()
  const controller = new AbortController()
  const first = cached.get('a', controller.signal).catch(() => 'aborted')
  const others = [cached.get('a', never), cached.get('a', never)]
  controller.abort()
  await settled()
  expect(loads).toHaveLength(2)
  loads[1]?.resolve('one')
  expect(await Promise.all([first, ...others])).toEqual(['aborted', 'one', 'one'])
})

test('the abort of one who waits ends only that wait, with its reason', async () => {
  const { cached, loads } = loading()
  const controller = new AbortController()
  const first = cached.get('a', never)
  const other = cached.get('a', controller.signal)
  const reason = new Error('stopped')
  controller.abort(reason)
  await expect(other).rejects.toBe(reason)
  loads[0]?.resolve('one')
  expect(await first).toBe('one')
})
