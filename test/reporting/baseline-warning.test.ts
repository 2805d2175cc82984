import { expect, test } from 'vitest'
import { baselineWarning } from '../../src/reporting/baseline-warning.ts'

const run = (model: string, accuracy: number | null, role: 'incumbent' | 'challenger' | 'baseline') => {
  return { model, accuracy, role }
}
const runs = [run('held', 40, 'incumbent'), run('rival', 45, 'challenger'), run('rules', 51.7, 'baseline')]

test('a switch between two models that are not above the baseline does not pass unseen', () => {
  expect(baselineWarning(['held', 'rival'], runs)).toMatch(
    /^held \(40\.0\) and rival \(45\.0\) are not more accurate than the baseline rules \(51\.7\)/,
  )
})

test('only the models of the verdict count, and only where a baseline ran', () => {
  expect(baselineWarning(['held', 'held'], runs)).toMatch(/^held \(40\.0\) is not/)
  expect(baselineWarning([null, null], runs)).toBeUndefined()
  expect(baselineWarning(['held', 'rival'], runs.slice(0, 2))).toBeUndefined()
  expect(baselineWarning(['held'], [run('held', 60, 'incumbent'), ...runs.slice(2)])).toBeUndefined()
  expect(baselineWarning(['held'], [run('held', null, 'incumbent'), ...runs.slice(2)])).toBeUndefined()
})
