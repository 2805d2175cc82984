import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createObservationBuffer } from '../../../../src/serving/gateway/traffic/observation-buffer.ts'
import type { Batch } from '../../../../src/serving/gateway/traffic/recorded.ts'
import { recorded } from './examples.ts'

const writer = '00000000-0000-4000-8000-000000000001'

describe('observations on their way to the database', () => {
  let batches: string[][]
  let tried: string[]
  let failure: Error | undefined
  let notes: string[]
  let unstored: number[]
  beforeEach(() => {
    vi.useFakeTimers()
    batches = []
    tried = []
    failure = undefined
    notes = []
    unstored = []
  })
  afterEach(() => vi.useRealTimers())

  const none = { tallies: [], watches: [] }
  const open = (mostWaiting?: number) =>
    createObservationBuffer({
      writer,
      async store(batch) {
        await vi.advanceTimersByTimeAsync(0)
        tried.push(`${batch.number}: ${idsOf(batch).join()}`)
        if (failure !== undefined) throw failure
        batches.push(idsOf(batch))
        return none
      },
      onStored: (_stored, waiting) => unstored.push(waiting.length),
      isHopeless: (error) => (error as Error).message === 'wrong data',
      note: (sentence) => notes.push(sentence),
      ...(mostWaiting === undefined ? {} : { mostWaiting }),
    })
  const idsOf = ({ recorded }: Batch) => recorded.map(({ observation }) => observation.requestId)
  const numbered = (number: number) => recorded({ requestId: String(number) }, undefined)

  test('are stored together within a second', async () => {
    const buffer = open()
    for (const number of [1, 2, 3]) buffer.add(numbered(number))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(batches).toEqual([['1', '2', '3']])
    expect(buffer.waiting()).toBe(0)
  })

  test('are stored at once when they are needed; what comes meanwhile is stored later', async () => {
    const buffer = open()
    buffer.add(numbered(1))
    const flushed = buffer.flush()
    buffer.add(numbered(2))
    await flushed
    expect(batches).toEqual([['1']])
    expect(unstored).toEqual([1])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(batches).toEqual([['1'], ['2']])
  })

  test('a flush ends although more and more come', async () => {
    const buffer = createObservationBuffer({
      writer,
      async store() {
        buffer.add(numbered(0))
        return none
      },
      onStored: () => undefined,
      isHopeless: () => false,
      note: () => undefined,
    })
    buffer.add(numbered(1))
    await buffer.flush()
    expect(buffer.waiting()).toBe(1)
  })

  test('wait in their order while the database is away, which is said once', async () => {
    const buffer = open()
    failure = new Error('connection refused')
    buffer.add(numbered(1))
    await vi.advanceTimersByTimeAsync(3_000)
    buffer.add(numbered(2))
    await expect(buffer.flush()).rejects.toThrow('connection refused')
    expect(notes).toEqual(['Observations cannot be stored now and wait: connection refused'])
    failure = undefined
    await vi.advanceTimersByTimeAsync(1_000)
    await buffer.flush()
    expect(batches).toEqual([['1'], ['2']])
    expect(notes.at(-1)).toBe('Observations are stored again; 0 were lost.')
  })

  test('are tried again in the same batch under the same number, as they may be stored although nobody said so', async () => {
    const buffer = open()
    failure = new Error('connection lost')
    for (const number of [1, 2]) buffer.add(numbered(number))
    await expect(buffer.flush()).rejects.toThrow('connection lost')
    buffer.add(numbered(3))
    expect(buffer.waiting()).toBe(3)
    await expect(buffer.flush()).rejects.toThrow('connection lost')
    failure = undefined
    await buffer.flush()
    expect(tried).toEqual(['1: 1,2', '1: 1,2', '1: 1,2', '2: 3'])
    expect(unstored).toEqual([1, 0])
    expect(buffer.waiting()).toBe(0)
  })

  test('give way to newer ones when too many wait; how many is counted', async () => {
    const buffer = open(100)
    failure = new Error('connection refused')
    for (let number = 1; number <= 1_000; number += 1) buffer.add(numbered(number))
    expect(buffer.waiting()).toBeLessThanOrEqual(100)
    expect(buffer.waiting() + buffer.dropped()).toBe(1_000)
    failure = undefined
    await buffer.stop()
    expect(batches.flat().at(-1)).toBe('1000')
  })

  test('that can never be stored do not hold up the others', async () => {
    const buffer = open()
    failure = new Error('wrong data')
    buffer.add(numbered(1))
    await buffer.flush()
    expect(buffer.dropped()).toBe(1)
    failure = undefined
    buffer.add(numbered(2))
    await buffer.stop()
    expect(batches).toEqual([['2']])
  })
})
