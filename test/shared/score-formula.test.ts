import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkFormula, scoreByFormula } from '../../src/shared/score-formula.ts'

const terms = { accuracy: 81, speed: 49, cost: 64 }

function problemOf(formula: string): string {
  const checked = checkFormula(formula)
  return checked.status === 'invalid' ? checked.problem : 'accepted'
}

describe('a formula that is accepted', () => {
  test.each([
    ['0.5 * accuracy + 0.3 * speed + 0.2 * cost', 68],
    ['sqrt(accuracy * speed)', 63],
    ['min(accuracy, speed, cost)', 49],
    ['accuracy > 80 ? 0.8 * accuracy + 0.2 * cost : 0.5 * accuracy', 77.6],
    ['accuracy >= 82 or not (speed < 50) ? 100 : 0', 0],
    ['100 * accuracy / max(accuracy, 100)', 81],
    ['accuracy ^ 2 / 100', 65.61],
    ['100 * log(1 + accuracy) / log(101)', 95.484_380_769_33],
    ['0.5 * accuracy +\n  0.5 * cost', 72.5],
    ['50', 50],
  ])('%s gives %d', (formula, score) => {
    expect(problemOf(formula)).toBe('accepted')
    expect(scoreByFormula(formula, terms)).toBeCloseTo(score, 9)
  })

  test('the weighted sum as a formula gives what the weights give', () => {
    const term = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(term, term, term, (accuracy, speed, cost) => {
        const sum = 0.5 * accuracy + 0.3 * speed + 0.2 * cost
        const given = scoreByFormula('0.5 * accuracy + 0.3 * speed + 0.2 * cost', { accuracy, speed, cost })
        expect(given).toBeCloseTo(sum, 9)
      }),
    )
  })

  test('a hundred thousand samples take far less than a second', () => {
    const start = performance.now()
    for (let index = 0; index < 100_000; index += 1) {
      scoreByFormula('accuracy > 80 ? 0.7 * accuracy + 0.3 * min(speed, cost) : 0.5 * accuracy', terms)
    }
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('a formula that is refused, with what is wrong and where', () => {
  test.each([
    ['0.5 * acuracy', 'the unknown name "acuracy" at character 7; did you mean "accuracy"?'],
    ['accuracy + ones(20000, 20000)', 'the unknown name "ones" at character 12'],
    ['import("fs")', 'the unknown name "import" at character 1'],
    ['Infinity', 'the unknown name "Infinity" at character 1'],
    ['accuracy.constructor', 'got "." at character 9'],
    ['[accuracy, speed]', 'got a matrix at character 1'],
    ['accuracy; speed', 'got a second expression at character 9'],
    ['accuracy = 5', 'got an assignment or a test for equality at character 10'],
    ['min(accuracy, "5")', 'got text at character 15'],
    ['50 % accuracy', 'got a percentage or remainder at character 4'],
    ['2 accuracy', 'expected an operator such as * between two values, got none at character 3'],
    ['0 < accuracy < 50 ? 1 : 2', 'joined with "and", got a chain of them at character 3'],
    ['accuracy +', 'Unexpected end of expression'],
    ['(accuracy + cost', 'Parenthesis ) expected'],
    ['', 'expected a formula, got nothing'],
    ['min + 1', 'expected "(" after the function min'],
    [
      'accuracy(3)',
      'expected one of the functions abs, exp, log, log10, max, min, pow, sqrt, got accuracy at character 1',
    ],
    ['log(accuracy + 1, 10)', 'expected log with 1 value, got 2'],
    ['accuracy > 80', 'expected a number as the result, got true or false'],
    ['accuracy ? 1 : 2', 'expected a comparison before "?", got a number at character 10'],
    ['accuracy and 3', 'expected comparisons around "and", got a number at character 10'],
    ['max(accuracy > 3, 2)', 'expected numbers for "max", got true or false'],
  ])('%s', (formula, problem) => {
    expect(problemOf(formula)).toContain(problem)
  })

  test.each([
    ['accuracy / speed', 'a divisor that is never 0, got one from 0 to 100 at character 10'],
    ['speed / 5 + accuracy / (cost - 50)', 'a divisor that is never 0, got one from -50 to 50 at character 22'],
    ['log(accuracy)', 'a value above 0, got one from 0 to 100'],
    ['sqrt(accuracy - speed)', 'a value of at least 0, got one from -100 to 100'],
    ['(accuracy - 50) ^ 0.5', 'got one from -50 to 50 as the base at character 17'],
    ['accuracy ^ -1', 'got one from 0 to 100 as the base at character 10'],
    ['accuracy ^ 1000', 'expected a finite result of "^", got one that may be too large at character 10'],
    ['exp(exp(accuracy))', 'expected a finite result of "exp", got one that may be too large at character 1'],
    ['accuracy * 1e999', 'expected a finite number, got Infinity at character 12'],
  ])('because it may have no finite result: %s', (formula, problem) => {
    expect(problemOf(formula)).toContain(problem)
  })

  test('because its result leaves 0 to 100, with an example', () => {
    expect(problemOf('2 * accuracy')).toBe('expected a result from 0 to 100, got 110 for accuracy 55, speed 0, cost 0')
    expect(problemOf('accuracy - 10')).toContain('got -10 for accuracy 0')
  })

  test('because it gives less for more: then a failed call, which counts 0, could win', () => {
    expect(problemOf('100 - accuracy')).toBe(
      'expected a result that never falls when accuracy rises, got 100 for accuracy 0, speed 0, cost 0 and 95 for accuracy 5, speed 0, cost 0',
    )
    expect(problemOf('accuracy * (100 - speed) / 100')).toContain('never falls when speed rises')
  })

  test('because it is very long', () => {
    expect(problemOf(`${'('.repeat(500)}accuracy`)).toContain('expected at most 500 characters')
    expect(problemOf(`${'('.repeat(200)}accuracy${')'.repeat(200)}`)).toBe('accepted')
  })
})

describe('whatever text comes', () => {
  const pieces = 'accuracy speed cost 1 50 1e3 + - * / ^ ( ) , ? : < >= and or not min( max( sqrt( log( exp( pow( abs('
  const piece = fc.constantFrom(...pieces.split(' '))
  const text = fc.array(piece, { maxLength: 9 }).map((chosen) => chosen.join(' '))

  test('it is refused with a reason, or gives a number from 0 to 100 for every sample', () => {
    const term = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(text, term, term, term, (formula, accuracy, speed, cost) => {
        const checked = checkFormula(formula)
        if (checked.status === 'invalid') {
          expect(checked.problem).toMatch(/^expected .*, got /s)
          return
        }
        const score = checked.score({ accuracy, speed, cost })
        expect(Number.isFinite(score)).toBe(true)
        const shown = scoreByFormula(formula, { accuracy, speed, cost })
        expect(shown >= 0 && shown <= 100).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })
})
