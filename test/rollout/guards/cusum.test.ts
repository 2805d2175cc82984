import { describe, expect, test } from 'vitest'
import { cusum, cusumAfter, cusumDefaults, cusumLimitsFor } from '../../../src/rollout/guards/cusum.ts'

const good = (requests: number) => Array.from({ length: requests }, () => false)
const everyTenthBad = (requests: number) => Array.from({ length: requests }, (_, index) => index % 10 === 0)

describe('the guard of full service', () => {
  test('thousands of good requests do not make it slower to see a fault', () => {
    const early = cusum(everyTenthBad(500)).alarmAt ?? Number.NaN
    const late = cusum([...good(5000), ...everyTenthBad(500)]).alarmAt ?? Number.NaN
    expect(late - 5000).toBe(early)
  })

  test('taken request by request it is the same as over the whole stream', () => {
    const stream = everyTenthBad(200)
    const sum = stream.reduce((total, isEvent) => cusumAfter(total, isEvent, cusumDefaults), 0)
    expect(sum).toBe(cusum(stream).sum)
  })

  test('a metric that is often bad by nature has its own limits', () => {
    const slow = Array.from({ length: 3000 }, (_, index) => index % 20 === 0)
    expect(cusum(slow, cusumLimitsFor(0.1)).alarmAt).toBeNull()
    expect(cusum(slow, cusumDefaults).alarmAt).not.toBeNull()
  })
})
