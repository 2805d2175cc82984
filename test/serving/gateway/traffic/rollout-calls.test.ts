import { beforeEach, describe, expect, test } from 'vitest'
import { createRolloutCalls } from '../../../../src/serving/gateway/traffic/rollout-calls.ts'

describe('what the guards call for is decided', () => {
  let decided: string[]
  let nowMs: number
  let notes: string[]
  let failure: Error | undefined
  beforeEach(() => {
    decided = []
    nowMs = 0
    notes = []
    failure = undefined
  })

  const open = () =>
    createRolloutCalls(
      async (id) => {
        decided.push(id)
        if (failure !== undefined) throw failure
      },
      () => nowMs,
      (sentence) => notes.push(sentence),
    )
  const rollout = { id: 'a', countsEpoch: 0 }

  test('one at a time for each rollout', async () => {
    const calls = open()
    calls.call(rollout, 'alarm')
    calls.call(rollout, 'alarm')
    calls.call({ ...rollout, id: 'b' }, 'alarm')
    await calls.settled()
    expect(decided).toEqual(['a', 'b'])
  })

  test('and again only after a while, unless something else is called for or counting began anew', async () => {
    const calls = open()
    const call = async (countsEpoch: number, why: 'alarm' | 'promotion') => {
      calls.call({ id: 'a', countsEpoch }, why)
      await calls.settled()
      return decided.length
    }
    expect(await call(0, 'promotion')).toBe(1)
    expect(await call(0, 'promotion')).toBe(1)
    expect(await call(0, 'alarm')).toBe(2)
    expect(await call(0, 'alarm')).toBe(2)
    expect(await call(1, 'alarm')).toBe(3)
    nowMs = 1_000
    expect(await call(1, 'alarm')).toBe(4)
  })

  test('and a failure is told, and tried again', async () => {
    const calls = open()
    failure = new Error('connection refused')
    calls.call(rollout, 'alarm')
    await calls.settled()
    expect(notes).toEqual(['The rollout a could not be decided, and is looked at again: connection refused'])
    nowMs = 1_000
    calls.call(rollout, 'alarm')
    await calls.settled()
    expect(decided).toHaveLength(2)
  })
})
