import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultSettings } from '../../src/analysis/decision-settings.ts'
import {
  type Term,
  type TermDifferences,
  termNames,
  weightsThatFlip,
} from '../../src/recommendation/weights-that-flip.ts'

const { weights, tieTol } = defaultSettings

function flipsOf(differences: Record<string, TermDifferences>, own = weights) {
  return weightsThatFlip('held', differences, { weights: own, tieTol })
}

/** The total of a difference where one term has a share, and the others what is left in proportion. */
function totalAt(terms: TermDifferences, term: Term, share: number, own = weights): number {
  const scale = (1 - share) / (1 - own[term])
  return termNames.reduce((sum, name) => sum + terms[name] * (name === term ? share : own[name] * scale), 0)
}

describe('the weights at which the answer changes', () => {
  test('are where two totals are equal: reckoned by hand', () => {
    // At a share s of speed: 10·(1−s)·0.5/0.7 − 10·s = 0, s = 7.142857 ÷ 17.142857.
    const { leader, flips } = flipsOf({ better: { accuracy: 10, speed: -10, cost: 0 } })
    expect(leader).toBe('better')
    const speed = flips.find(({ term }) => term === 'speed')
    expect(speed).toMatchObject({ side: 'above', weight: 0.3, winner: 'held' })
    expect(speed?.share).toBeCloseTo(7.142_857_142_857 / 17.142_857_142_857, 12)
    // Accuracy: 10·s − 10·(1−s)·0.3/0.5 = 0.
    expect(flips.find(({ term }) => term === 'accuracy')?.share).toBeCloseTo(0.375, 12)
    expect(flips.find(({ term }) => term === 'accuracy')?.side).toBe('below')
  })

  test('do not exist for a model that is better in everything, or for one model alone', () => {
    expect(flipsOf({ better: { accuracy: 1, speed: 2, cost: 3 } })).toEqual({ leader: 'better', flips: [] })
    expect(flipsOf({})).toEqual({ leader: 'held', flips: [] })
    expect(flipsOf({ copy: { accuracy: 0, speed: 0, cost: 0 } })).toEqual({ leader: 'held', flips: [] })
  })

  test('name the model that leads beyond them, also where it is a third one', () => {
    const { leader, flips } = flipsOf({
      right: { accuracy: 20, speed: -10, cost: 0 },
      fast: { accuracy: -5, speed: 30, cost: 0 },
    })
    expect(leader).toBe('right')
    expect(flips).toContainEqual(expect.objectContaining({ term: 'speed', side: 'above', winner: 'fast' }))
  })

  test('leave out a term that has all the weight: nothing else could be scaled in proportion', () => {
    const { flips } = flipsOf({ b: { accuracy: 5, speed: -50, cost: 3 } }, { accuracy: 1, speed: 0, cost: 0 })
    expect(flips.filter(({ term }) => term === 'accuracy')).toEqual([])
    expect(flips.find(({ term }) => term === 'speed')?.share).toBeCloseTo(5 / 55, 12)
  })

  test('agree with trying: on their near side the leader leads, on their far side the winner they name', () => {
    const points = fc.integer({ min: -60, max: 60 })
    const terms = fc.record({ accuracy: points, speed: points, cost: points })
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('b', 'c', 'd'), terms), (differences) => {
        const { leader, flips } = flipsOf(differences)
        const all = { held: { accuracy: 0, speed: 0, cost: 0 }, ...differences }
        const bestAt = (term: Term, share: number) =>
          Math.max(...Object.values(all).map((each) => totalAt(each, term, share)))
        for (const { term, share, side, winner } of flips) {
          const beyond = side === 'above' ? Math.min(1, share + 1e-6) : Math.max(0, share - 1e-6)
          const own = all[leader as 'held']
          expect(totalAt(own, term, share)).toBeCloseTo(bestAt(term, share), 6)
          expect(totalAt(all[winner as 'held'], term, beyond)).toBeCloseTo(bestAt(term, beyond), 6)
        }
        for (const term of termNames) {
          const [low = { share: 0 }, high = { share: 1 }] = (['below', 'above'] as const).map((side) =>
            flips.find((flip) => flip.term === term && flip.side === side),
          )
          for (let share = low.share; share <= high.share; share += 0.05) {
            expect(totalAt(all[leader as 'held'], term, share)).toBeGreaterThan(bestAt(term, share) - 1e-6)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})
