import { describe, expect, test } from 'vitest'
import { compileAmountFinder } from '../../../src/providers/rules/find-amount.ts'
import { indexPhrases } from '../../../src/providers/rules/phrases.ts'
import { readText } from '../../../src/providers/rules/read-text.ts'

const find = compileAmountFinder({
  currencies: { USD: ['$', 'usd'], EUR: ['€', 'eur'], GBP: ['£'], AUD: ['a$'] },
  periods: { hour: ['hour', 'hr'], month: ['month', 'monat'], year: ['year', 'p a', 'annum'] },
  thousands: ['k'],
  ranges: ['-', '–', 'to'],
  upTo: ['up to'],
  from: ['from', 'ab'],
  prefer: ['salary', 'pay'],
  avoid: ['bonus', 'fee'],
})

function amountIn(text: string) {
  return find([readText(text, indexPhrases<string>([]))])
}

describe('the pay in a text', () => {
  test.each([
    ['$25 per hour', { min: 25, max: 25, currency: 'USD', period: 'hour' }],
    ['€ 3.180,- im Monat', { min: 3180, max: 3180, currency: 'EUR', period: 'month' }],
    ['EUR 2,350 per month', { min: 2350, max: 2350, currency: 'EUR', period: 'month' }],
    ['£31,050 to £36,900 a year', { min: 31_050, max: 36_900, currency: 'GBP', period: 'year' }],
    ['$19–$22/hr', { min: 19, max: 22, currency: 'USD', period: 'hour' }],
    ['€68k–€84k gross a year', { min: 68_000, max: 84_000, currency: 'EUR', period: 'year' }],
    ['68–84k EUR per annum', { min: 68_000, max: 84_000, currency: 'EUR', period: 'year' }],
    ['A$65,000', { min: 65_000, max: 65_000, currency: 'AUD', period: null }],
    ['17,50 € an hour', { min: 17.5, max: 17.5, currency: 'EUR', period: 'hour' }],
    ['up to $90,000 p.a.', { min: null, max: 90_000, currency: 'USD', period: 'year' }],
    ['ab 2.400 € pro Monat', { min: 2400, max: null, currency: 'EUR', period: 'month' }],
    ['<p>Salary: $78,412 &ndash; $91,086 per annum</p>', { min: 78_412, max: 91_086, currency: 'USD', period: 'year' }],
  ])('%s', (text, amount) => {
    expect(amountIn(text)).toEqual(amount)
  })

  test('is not a bonus that stands before it', () => {
    expect(amountIn('A bonus of $500 on signing. Pay is $21 an hour.')).toMatchObject({ min: 21, max: 21 })
  })

  test('is unknown where no figure has a currency, and where every figure is something else', () => {
    expect(amountIn('Competitive salary, 37.5 hours, call 021 555 0187')).toBeUndefined()
    expect(amountIn('a fee of $149')).toBeUndefined()
  })

  test('is not an endless row of digits', () => {
    expect(amountIn(`$${'9'.repeat(400)} per year`)).toBeUndefined()
  })
})
