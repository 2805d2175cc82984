import { describe, expect, test } from 'vitest'
import { studentCdf, studentQuantile } from '../../../src/analysis/statistics/student-t.ts'
import { expectClose, guards } from '../decision-fixtures.ts'

describe("Student's t", () => {
  test('distribution and quantiles equal the reference', () => {
    for (const guard of guards.t) {
      if ('p' in guard) expectClose(studentQuantile(guard.p, guard.df), guard.ppf)
      else expectClose(studentCdf(guard.x, guard.df), guard.cdf)
    }
  })

  test('infinite differences are certain', () => {
    expect(studentCdf(Number.POSITIVE_INFINITY, 9)).toBe(1)
    expect(studentCdf(Number.NEGATIVE_INFINITY, 9)).toBe(0)
  })

  test('degrees of freedom may be fractions, and nearly none gives a number that JSON can hold', () => {
    expectClose(studentQuantile(0.975, 1.5), 6.016663104427925)
    expect(studentQuantile(0.975, 0.002)).toBe(1e150)
    expect(studentQuantile(0.025, 0.002)).toBe(-1e150)
  })
})
