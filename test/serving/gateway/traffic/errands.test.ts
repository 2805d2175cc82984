import { beforeEach, describe, expect, test } from 'vitest'
import { createErrands } from '../../../../src/serving/gateway/traffic/errands.ts'

describe('what requests give rise to is done', () => {
  let done: string[]
  let nowMs: number
  let notes: string[]
  let failure: Error | undefined
  beforeEach(() => {
    done = []
    nowMs = 0
    notes = []
    failure = undefined
  })

  const open = () =>
    createErrands(
      () => nowMs,
      (sentence) => notes.push(sentence),
    )
  const errand = (purpose: string) => ({
    purpose,
    restMs: 1_000,
    async work() {
      done.push(purpose)
      if (failure !== undefined) throw failure
    },
  })

  test('one at a time for each subject', async () => {
    const errands = open()
    errands.send('a', errand('first'))
    errands.send('a', errand('second'))
    errands.send('b', errand('third'))
    await errands.settled()
    expect(done).toEqual(['first', 'third'])
  })

  test('and the same again only after a while', async () => {
    const errands = open()
    const send = async (purpose: string) => {
      errands.send('a', errand(purpose))
      await errands.settled()
      return done.length
    }
    expect(await send('promotion')).toBe(1)
    expect(await send('promotion')).toBe(1)
    expect(await send('alarm')).toBe(2)
    nowMs = 1_000
    expect(await send('alarm')).toBe(3)
  })

  test('and a failure is told, and tried again', async () => {
    const errands = open()
    failure = new Error('connection refused')
    errands.send('a', errand('alarm'))
    await errands.settled()
    expect(notes).toEqual(['a (alarm): it failed and is tried again: connection refused'])
    nowMs = 1_000
    errands.send('a', errand('alarm'))
    await errands.settled()
    expect(done).toHaveLength(2)
  })
})
