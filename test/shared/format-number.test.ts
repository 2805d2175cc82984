import { describe, expect, test } from 'vitest'
import {
  confidence,
  count,
  duration,
  elapsed,
  estimatedMoney,
  money,
  perThousand,
  rate,
  roundMoney,
  score,
  scoreWithInterval,
  signed,
  signedInterval,
  timesBeside,
  timeUnit,
} from '../../src/shared/format-number.ts'

const thin = '\u202f'

describe('figures for people', () => {
  test('a confidence is never 100 % and never 0 %', () => {
    expect(confidence(0.9999999)).toBe(`> 99.9${thin}%`)
    expect(confidence(0.00001)).toBe(`< 0.1${thin}%`)
    expect(confidence(0.0046)).toBe(`0.5${thin}%`)
    expect(confidence(0.744)).toBe(`74${thin}%`)
    expect(confidence(0.9939)).toBe(`99.4${thin}%`)
  })

  test('differences carry their sign, with a true minus, and zero carries none', () => {
    expect(signed(7.12)).toBe('+7.1')
    expect(signed(-0.44)).toBe('−0.4')
    expect(signed(-0.01)).toBe('0.0')
    expect(signedInterval([-1.24, 9.6])).toBe('(−1.2 to +9.6)')
  })

  test('unknown is said, zero cost is $0', () => {
    expect(score(null)).toBe('unknown')
    expect(duration(undefined)).toBe('unknown')
    expect(count(null)).toBe('unknown')
    expect(money(null)).toBe('price unknown')
    expect(money(0)).toBe('$0')
  })

  test('money shows two significant digits when it is small', () => {
    expect(money(0.00041)).toBe('$0.00041')
    expect(money(0.41)).toBe('$0.41')
    expect(money(3.9)).toBe('$3.90')
    expect(money(1234.5)).toBe('$1,234.50')
  })

  test('money of a month has cents below $20, and its interval unless that is narrower than what is shown', () => {
    expect(roundMoney(19.5)).toBe('$19.50')
    expect(roundMoney(1234.5)).toBe('$1,235')
    expect(estimatedMoney(43.2, [41.4, 45])).toBe('$43 ($41 to $45)')
    expect(estimatedMoney(43.2, [43.1, 43.3])).toBe('$43')
    expect(estimatedMoney(43.2, null)).toBe('$43')
  })

  test('a cost per 1,000 requests has two significant digits', () => {
    expect([0.4139, 3.9, 43.2, 1234, 0, 0.00041].map(perThousand)).toEqual([
      '$0.41',
      '$3.90',
      '$43',
      '$1,200',
      '$0',
      '$0.00041',
    ])
    expect(perThousand(null)).toBe('price unknown')
  })

  test('times that stand beside each other share their unit', () => {
    const { unit, figure } = timeUnit([212, 1380])
    expect([unit, figure(212), figure(1380), figure(2)]).toEqual(['s', '0.21', '1.38', '< 0.01'])
    expect(timeUnit([212]).figure(212)).toBe('212')
  })

  test('an interval is told as ± only where it is symmetrical', () => {
    expect(scoreWithInterval(92.4, [90.3, 94.5])).toBe('92.4 ± 2.1')
    expect(scoreWithInterval(99, [95.2, 100])).toBe('99.0 (95.2 to 100.0)')
    expect(scoreWithInterval(92.4, null)).toBe('92.4')
  })

  test('a time has one unit', () => {
    expect(duration(0.2)).toBe(`< 1${thin}ms`)
    expect(duration(212.4)).toBe(`212${thin}ms`)
    expect(duration(1380)).toBe(`1.38${thin}s`)
    expect(duration(41 * 60_000)).toBe(`41${thin}min`)
  })

  test('how long work took has no decimals', () => {
    const told = [1, 9000, 90_000, 125_000, 41 * 60_000, 130 * 60_000].map(elapsed)
    expect(told).toEqual(
      ['< 1 s', '9 s', '90 s', '2 min', '41 min', '2 h 10 min'].map((words) =>
        words.replace(/(?<=\d) (?=[a-z])/g, thin),
      ),
    )
  })

  test('times that are held against each other have one unit, and what is unknown is said', () => {
    const time = timesBeside([212, 1380, null])
    expect([212, 1380, null].map(time)).toEqual([`0.21${thin}s`, `1.38${thin}s`, 'unknown'])
    expect([212, 900].map(timesBeside([212, 900]))).toEqual([`212${thin}ms`, `900${thin}ms`])
  })

  test('a rate has two significant digits', () => {
    expect(rate(0.0031)).toBe(`0.31${thin}%`)
    expect(rate(0.123)).toBe(`12${thin}%`)
    expect(rate(0)).toBe(`0${thin}%`)
  })
})
