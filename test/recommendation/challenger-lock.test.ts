import { describe, expect, test } from 'vitest'
import { challengerLock, type LookVerdict } from '../../src/recommendation/challenger-lock.ts'

const lock = (...verdicts: LookVerdict[]) => challengerLock(verdicts, { maxLooks: 4 })

describe('a challenger is locked until its epoch changes', () => {
  test('after two drops in a row, however good the looks around them were', () => {
    expect(lock('drop', 'drop')).toEqual({ status: 'locked', reason: 'dropped_twice' })
    expect(lock('recommend', 'drop', 'drop')).toEqual({ status: 'locked', reason: 'dropped_twice' })
  })

  test('not after one drop, nor after two with a better look between them', () => {
    expect(lock('drop')).toEqual({ status: 'open' })
    expect(lock('drop', 'inconclusive', 'drop')).toEqual({ status: 'open' })
  })

  test('after its last look, whatever the looks said', () => {
    expect(lock('inconclusive', 'drop', 'recommend')).toEqual({ status: 'open' })
    expect(lock('inconclusive', 'drop', 'recommend', 'drop')).toEqual({ status: 'locked', reason: 'looks_used_up' })
    expect(lock()).toEqual({ status: 'open' })
  })
})
