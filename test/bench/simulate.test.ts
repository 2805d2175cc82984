import { describe, expect, test } from 'vitest'
import { abilityFor } from '../../bench/simulate/ability-for.ts'
import { acceptanceChecks } from '../../bench/simulate/acceptance-checks.ts'
import { acceptanceTable } from '../../bench/simulate/acceptance-table.ts'
import { measureCheck } from '../../bench/simulate/measure-check.ts'
import { playOnThreads } from '../../bench/simulate/play-on-threads.ts'
import { randomFor } from '../../bench/simulate/random.ts'
import { chunksOf, measureAll, playChunk, scenarios } from '../../bench/simulate/simulate.ts'

const seed = 20_240_501

/** Few, so that the test is quick; the limits get a slack of three standard errors of so few. */
const runs = 30

describe('the deciding code over simulated models', () => {
  test('every line of the acceptance table is inside its limit', () => {
    const observations = new Map(
      scenarios.map(({ name }) => [name, playChunk({ scenario: name, from: 0, to: runs }, seed)]),
    )
    const checks = measureAll(observations, true)
    expect(checks.filter(({ passed }) => !passed).map(({ check, measured }) => [check, measured])).toEqual([])
    expect(checks.filter(({ measured }) => measured === null)).toEqual([])
    expect(acceptanceTable(checks).match(/PASS/g)).toHaveLength(acceptanceChecks.length)
  })

  test('what is measured depends on the seed, and not on threads or on how the runs are cut', async () => {
    const scenario = 'drift, -8'
    const whole = playChunk({ scenario, from: 0, to: 6 }, seed)
    const pieces = [0, 2, 4].map((from) => ({ scenario, from, to: from + 2 }))
    expect((await playOnThreads(pieces, seed, 2, () => {})).get(scenario)).toEqual(whole)
    const draw = (from: number) => randomFor(from, scenario, 0).uniform()
    expect(draw(seed)).not.toBe(draw(seed + 1))
  })

  test('every run of every scenario is played exactly once', () => {
    const chunks = chunksOf(120)
    for (const { name } of scenarios) {
      const own = chunks.filter(({ scenario }) => scenario === name).flatMap(({ from, to }) => [from, to])
      expect(own).toEqual([0, 50, 50, 100, 100, 120])
    }
  })

  test('a model of 85 % is right in 85 % of all calls: abilities are those of the specification', () => {
    const abilities = { 77: 2.09318, 80: 2.386531, 85: 2.945114, 87: 3.204365, 93: 4.221337 }
    for (const [accuracy, ability] of Object.entries(abilities)) {
      expect(abilityFor(Number(accuracy))).toBeCloseTo(ability, 3)
    }
  })
})

describe('a line of the acceptance table', () => {
  const check = {
    check: 'a thing that should be rare',
    scenario: 'any',
    observation: 'happened',
    statistic: 'share',
    unit: 'share',
    accept: { atMost: 0.1 },
    specified: '5 %',
  } as const
  const observed = (often: number, of: number) =>
    Array.from({ length: of }, (_, run) => ({ happened: run < often ? 1 : 0 }))

  test('a full simulation has no slack', () => {
    expect(measureCheck(check, observed(10, 100), false)).toMatchObject({ passed: true, bound: 0.1, runs: 100 })
    expect(measureCheck(check, observed(11, 100), false).passed).toBe(false)
  })

  test('few runs have the slack of so few, and more than that fails', () => {
    expect(measureCheck(check, observed(11, 100), true).passed).toBe(true)
    expect(measureCheck(check, observed(20, 100), true).passed).toBe(false)
  })

  test('what no run observed fails instead of passing unseen', () => {
    expect(measureCheck(check, [{}], false)).toMatchObject({ passed: false, measured: null, runs: 0 })
  })
})
