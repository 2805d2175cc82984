import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cronProblem } from '../../src/config/cron-expression.ts'

describe('a cron expression', () => {
  test.each([
    '0 1 * * 0',
    '30 2 * * 7',
    '*/15 * * * *',
    '0 9-17/2 * * mon-fri',
    '0,30 8,20 1,15 jan,JUL *',
    '5/10 0 29 2 *',
    ' 0  1 * * sun ',
    '0 0 31 4-5 *',
    '0 0 31 2 1',
  ])('may be %s', (expression) => {
    expect(cronProblem(expression)).toBeUndefined()
  })

  test.each([
    ['0 1 * *', /^five fields/],
    ['0 0 1 * * 0', /^five fields/],
    ['', /^five fields/],
    ['@weekly', /^five fields/],
    ['60 1 * * 0', /^the minute as 0 to 59/],
    ['0 24 * * 0', /^the hour as 0 to 23/],
    ['0 1 0 * 0', /^the day of the month as 1 to 31/],
    ['0 1 * 13 0', /^the month as 1 to 12/],
    ['0 1 * * 8', /^the day of the week as 0 to 7/],
    ['0 1 * * sunday', /^the day of the week/],
    ['0 1 * * fri-mon', /^the day of the week/],
    ['*/0 1 * * 0', /^the minute/],
    ['1, 1 * * 0', /^the minute/],
    ['-1 1 * * 0', /^the minute/],
    ['1.5 1 * * 0', /^the minute/],
    ['0 0 30 2 *', /^a day that a month has/],
    ['0 0 31 4,6,9,11 *', /^a day that a month has/],
  ])('may not be %j', (expression, problem) => {
    expect(cronProblem(expression)).toMatch(problem)
  })

  test('is accepted with any numbers inside the limits', () => {
    const expression = fc
      .tuple(fc.nat(59), fc.nat(23), fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }), fc.nat(7))
      .map((fields) => fields.join(' '))
    fc.assert(fc.property(expression, (text) => cronProblem(text) === undefined))
  })

  test('never makes the check fail otherwise than with an explanation', () => {
    fc.assert(fc.property(fc.string(), (text) => ['string', 'undefined'].includes(typeof cronProblem(text))))
  })
})
