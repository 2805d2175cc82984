import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EvaluationRecord } from '../../src/analysis/evaluation-records.ts'
import { type RaceTerms, racingVerdict, startRace } from '../../src/recommendation/race.ts'

/** Not in the order of their names: what counts is the order in which they are asked. */
const samples = Array.from({ length: 100 }, (_, place) => `sample ${(place * 37) % 100}`)
const terms: RaceTerms = { incumbent: 'held', samples, repeats: 3, refs: { latencyMs: 2000, costUsd: 0.004 } }

type Accuracy = (place: number, repeat: number) => number

/** All records of a model in the order in which it is asked. */
function asked(model: string, accuracy: Accuracy): EvaluationRecord[] {
  return [0, 1, 2].flatMap((repeat) =>
    samples.map((item, place) => ({
      item,
      model,
      repeat,
      ok: true,
      accuracy: accuracy(place, repeat),
      latencyMs: 2000,
      costUsd: 0.004,
    })),
  )
}

const good: Accuracy = (place) => (place % 7 === 0 ? 0 : 100)
const hopeless: Accuracy = (place) => (place % 2 === 0 ? 0 : 100)
const held = asked('held', good)

describe('racing drops a challenger that is too unlikely to win', () => {
  test('a hopeless one after the first 30 samples, with the check and the chances that decided', () => {
    const verdict = racingVerdict(terms, 'new', [...held, ...asked('new', hopeless)])
    expect(verdict).toMatchObject({
      status: 'drop',
      calls: 30,
      samples: 30,
      repeats: 1,
      reason: 'unlikely_non_inferior',
    })
    if (verdict.status === 'drop') expect(verdict.pBetter).toBeLessThan(0.2)
  })

  test('one that becomes bad later at the later check', () => {
    const fading: Accuracy = (place, repeat) => (repeat === 1 ? 0 : good(place, repeat))
    const verdict = racingVerdict(terms, 'new', [...held, ...asked('new', fading)])
    expect(verdict).toMatchObject({ status: 'drop', calls: 200, samples: 100, repeats: 2 })
  })

  test('one whose accuracy is in order and whose total is not, for the total', () => {
    const slow = asked('new', good).map((record) => ({ ...record, latencyMs: 7000 + Number(record.item.slice(7)) }))
    expect(racingVerdict(terms, 'new', [...held, ...slow])).toMatchObject({ calls: 30, reason: 'unlikely_better' })
  })

  test("not at a check in which more than 5 % of the calls failed for the provider's reason", () => {
    const race = startRace(terms)
    const failing = asked('new', hopeless)
    for (const record of held) race.note(record)
    for (const [place, record] of failing.entries()) race.note(record, place < 4)
    expect(race.verdictOn('new')).toMatchObject({ status: 'drop', calls: 100 })
  })

  test('never a copy of the incumbent, nor a better one, nor the incumbent itself', () => {
    expect(racingVerdict(terms, 'new', [...held, ...asked('new', good)])).toEqual({ status: 'go-on' })
    expect(racingVerdict(terms, 'new', [...held, ...asked('new', () => 100)])).toEqual({ status: 'go-on' })
    expect(racingVerdict(terms, 'held', held)).toEqual({ status: 'go-on' })
  })

  test('nobody while the incumbent fails: the run says nothing', () => {
    const failing = held.map((record) => ({ ...record, ok: false, accuracy: null }))
    const alsoFailing = asked('new', good).map((record) => ({ ...record, ok: false, accuracy: null }))
    expect(racingVerdict(terms, 'new', [...failing, ...alsoFailing])).toEqual({ status: 'go-on' })
  })

  test('one that fails every call while the incumbent answers', () => {
    const failing = asked('new', good).map((record) => ({ ...record, ok: false, accuracy: null }))
    expect(racingVerdict(terms, 'new', [...held, ...failing])).toMatchObject({ status: 'drop', calls: 30 })
  })
})

describe('where a challenger stops does not depend on how the records came', () => {
  test('a check waits for the last of its samples, of both models', () => {
    const race = startRace(terms)
    const own = asked('new', hopeless)
    const late = held[29]
    if (late === undefined) throw new Error('no such record')
    for (const record of [...held.slice(0, 29), ...held.slice(30), ...own]) race.note(record)
    expect(race.verdictOn('new')).toEqual({ status: 'go-on' })
    race.note(late)
    expect(race.verdictOn('new')).toMatchObject({ status: 'drop', calls: 30 })
  })

  test('any order of the records gives the same verdict, also when it is asked for after each of them', () => {
    const own = asked('new', (place, repeat) => (place >= 40 && repeat === 0 ? 20 : good(place, repeat)))
    const expected = racingVerdict(terms, 'new', [...held, ...own])
    expect(expected).toMatchObject({ status: 'drop', calls: 60 })
    const orders = fc.shuffledSubarray([...held, ...own], { minLength: 600 })
    fc.assert(
      fc.property(orders, (records) => {
        const race = startRace(terms)
        for (const record of records) {
          race.note(record)
          race.verdictOn('new')
        }
        expect(race.verdictOn('new')).toEqual(expected)
      }),
      { numRuns: 10 },
    )
  })

  test('what comes after the check changes nothing', () => {
    const own = asked('new', hopeless)
    const early = racingVerdict(terms, 'new', [...held.slice(0, 30), ...own.slice(0, 30)])
    expect(racingVerdict(terms, 'new', [...held, ...own])).toEqual(early)
    expect(racingVerdict(terms, 'new', [...held.slice(0, 29), ...own])).toEqual({ status: 'go-on' })
  })
})
