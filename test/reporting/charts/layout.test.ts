import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logTicks, roundTicks } from '../../../src/reporting/charts/axis-ticks.ts'
import { placeChangeWords } from '../../../src/reporting/charts/change-words.ts'
import { shortNames } from '../../../src/reporting/charts/short-names.ts'
import { spreadLabels } from '../../../src/reporting/charts/spread-labels.ts'
import { textWidth } from '../../../src/reporting/charts/text-width.ts'

const room = { widthPx: 110, sizePx: 12, weight: 600 }

describe('axes', () => {
  test('have three to five round ticks that hold all values', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(values, (drawn) => {
        const { min, max, ticks } = roundTicks(drawn)
        const dust = (max - min) * 1e-6
        expect(min).toBeLessThanOrEqual(Math.min(...drawn) + dust)
        expect(max).toBeGreaterThanOrEqual(Math.max(...drawn) - dust)
        expect(ticks.length).toBeGreaterThanOrEqual(2)
        expect(ticks.length).toBeLessThanOrEqual(5)
      }),
    )
    expect(roundTicks([86.1, 94.2], { limits: [0, 100], leastSpan: 8 }).ticks).toEqual([84, 88, 92, 96])
    expect(roundTicks([2, 99], { limits: [0, 100] }).ticks).toEqual([0, 25, 50, 75, 100])
  })

  test('of scores stay between 0 and 100', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1 }), (values) => {
        const { min, max } = roundTicks(values, { limits: [0, 100], leastSpan: 8 })
        expect(min).toBeGreaterThanOrEqual(0)
        expect(max).toBeLessThanOrEqual(100)
        expect(max - min).toBeGreaterThanOrEqual(8)
      }),
    )
  })

  test('in powers of ten have at most five ticks, within the range', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        const { min, max, ticks } = logTicks(values)
        expect(ticks.length).toBeGreaterThan(0)
        expect(ticks.length).toBeLessThanOrEqual(5)
        for (const tick of ticks) expect(tick >= min && tick <= max).toBe(true)
      }),
    )
  })
})

describe('labels', () => {
  test('that would touch move apart by no more than it takes', () => {
    expect(spreadLabels([10, 100], 15, [0, 200])).toEqual([10, 100])
    expect(spreadLabels([50, 50], 16, [0, 200])).toEqual([42, 58])
    expect(spreadLabels([1, 2, 3], 10, [0, 200])).toEqual([0, 10, 20])
    const wanted = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(wanted, (middles) => {
        const placed = spreadLabels(middles, 16, [0, 300]).sort((one, other) => one - other)
        placed.slice(1).forEach((middle, index) => {
          expect(middle - (placed[index] ?? 0)).toBeGreaterThanOrEqual(16 - 1e-6)
        })
        expect(placed[0]).toBeGreaterThanOrEqual(-1e-6)
        expect(placed.at(-1)).toBeLessThanOrEqual(300 + 1e-6)
      }),
    )
  })

  test('of names fit, keep what tells them apart, and say that something is left out', () => {
    expect(shortNames(['gemini-2.0-flash-001', 'gemini-2.0-flash-lite-001'], room)).toEqual([
      '…2.0-flash-001',
      '…flash-lite-001',
    ])
    expect(shortNames(['phi-4'], room)).toEqual(['phi-4'])
    const alike = ['qwen3-30b-a3b-instruct-2507-fp8-one', 'qwen3-235b-a22b-instruct-2507-fp8-one']
    expect(new Set(shortNames(alike, room)).size).toBe(2)
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 60 }), { maxLength: 8 }), (names) => {
        for (const name of shortNames(names, room)) expect(textWidth(name, 12, 600)).toBeLessThanOrEqual(110)
      }),
    )
  })

  test('of changes stand on nothing else, nor in the way of another line', () => {
    const change = fc.record({
      x: fc.integer({ min: 34, max: 560 }),
      words: fc.constantFrom('switch', 'new prompt', 'v2'),
    })
    const changes = fc.uniqueArray(change, { maxLength: 6, selector: ({ x }) => Math.round(x / 30) })
    fc.assert(
      fc.property(changes, (drawn) => {
        const sorted = drawn.toSorted((one, other) => one.x - other.x)
        const placed = placeChangeWords(sorted, 768)
        for (const [index, one] of placed.entries()) {
          for (const other of placed.slice(index + 1)) {
            if (one.row === other.row) expect(one.right < other.left || other.right < one.left).toBe(true)
          }
        }
      }),
    )
  })
})
