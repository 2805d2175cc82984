import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/evaluation/outcome.ts'
import type { JsonObject } from '../../src/shared/json.ts'
import { sideBySide } from '../../src/workflows/side-by-side.ts'
import { failedOutcome, scoredOutcome } from '../support/example-evaluation.ts'

const weights = { team: 60, urgency: 40 }

function answered(model: string, repeat: number, answer: JsonObject, scores: [number, number]): Outcome {
  const fields = Object.entries(weights).map(([path, weight], index) => {
    return { path, scorer: 'equal', weight, score: scores[index] ?? 0 }
  })
  const accuracy = fields.reduce((sum, { weight, score }) => sum + weight * score, 0)
  return scoredOutcome({ model, sampleKey: 'a', repeat, answer, fields, accuracy })
}

const target = { team: 'billing', urgency: 3 }
const same = (path: string) => path

describe('two answers beside the target', () => {
  test('the field that decided most comes first, and what differs is marked', () => {
    const { fields } = sideBySide(
      'a',
      ['held', 'new'],
      [
        answered('held', 0, { team: 'billing', urgency: 5 }, [1, 0]),
        answered('new', 0, { team: 'billing', urgency: 3 }, [1, 1]),
        scoredOutcome({ model: 'new', sampleKey: 'b' }),
      ],
      target,
      same,
    )
    expect(fields.map(({ path, differs }) => [path, differs])).toEqual([
      ['urgency', true],
      ['team', false],
    ])
    expect(fields[0]).toMatchObject({ target: 3, held: { value: 5, score: 0 }, challenger: { value: 3, score: 1 } })
  })

  test('wrong answers that differ are marked as well, though they score the same', () => {
    const outcomes = [answered('held', 0, { team: 'x' }, [0, 0]), answered('new', 0, { team: 'y' }, [0, 0])]
    const { fields } = sideBySide('a', ['held', 'new'], outcomes, target, same)
    expect(fields.map(({ path, differs }) => [path, differs])).toEqual([
      ['team', true],
      ['urgency', false],
    ])
  })

  test('of several repeats the one nearest to their mean is shown; failures count 0 in the mean', () => {
    const { held } = sideBySide(
      'a',
      ['held', 'new'],
      [
        failedOutcome({ model: 'held', sampleKey: 'a', repeat: 0 }),
        answered('held', 1, { team: 'billing', urgency: 3 }, [1, 1]),
        answered('held', 2, { team: 'billing', urgency: 9 }, [1, 0]),
      ],
      target,
      same,
    )
    expect(held).toMatchObject({ asked: 3, failed: 1, repeat: 3, answer: { urgency: 9 }, failure: null })
    expect(held.accuracy).toBeCloseTo(160 / 3, 9)
  })

  test('a model that only failed says how; one that was not asked is said to be so', () => {
    const outcomes = [failedOutcome({ model: 'held', sampleKey: 'a' })]
    const { held, challenger, fields } = sideBySide('a', ['held', 'new'], outcomes, undefined, same)
    expect(held).toMatchObject({ accuracy: 0, repeat: null, answer: null, failure: { kind: 'overloaded' } })
    expect(challenger).toMatchObject({ asked: 0, accuracy: null })
    expect(fields).toEqual([])
  })

  test('an answer without a field differs from no answer at all', () => {
    const outcomes = [answered('held', 0, {}, [0, 0]), failedOutcome({ model: 'new', sampleKey: 'a' })]
    const { fields } = sideBySide('a', ['held', 'new'], outcomes, target, same)
    expect(fields.map(({ differs }) => differs)).toEqual([true, true])
  })

  test('the target is read where the task has it', () => {
    const outcomes = [answered('held', 0, { team: 'x' }, [0, 0]), answered('new', 0, { team: 'y' }, [0, 0])]
    const elsewhere = { labels: { team: 'billing' } }
    const { fields } = sideBySide('a', ['held', 'new'], outcomes, elsewhere, (path) => `labels.${path}`)
    expect(fields.map(({ path, target: value }) => [path, value])).toEqual([
      ['team', 'billing'],
      ['urgency', null],
    ])
  })
})
