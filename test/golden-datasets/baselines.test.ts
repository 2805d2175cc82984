import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scoreAnswer } from '../../src/scoring/score-answer.ts'
import { baselineAccuracy, baselineAnswer, baselines } from './baseline-answers.ts'
import { labelledSamples, largeVersions, taskOf, tiers, versions } from './golden-data.ts'

describe.each(versions)('the baselines on %s', (version) => {
  test('every answer is valid, and more effort answers better in every tier', async () => {
    const rows: Record<string, Record<string, number>> = {}
    for (const tier of tiers) {
      const [basic, thorough] = [
        await baselineAccuracy('rules-basic', version, tier),
        await baselineAccuracy('rules-thorough', version, tier),
      ]
      rows[`tier ${tier}`] = { 'rules-basic': rounded(basic), 'rules-thorough': rounded(thorough) }
      expect(thorough).toBeGreaterThan(basic)
    }
    console.table(rows)
  })

  test('keywords and patterns do not solve tier 1', async () => {
    expect(await baselineAccuracy('rules-thorough', version, 1)).toBeLessThanOrEqual(75)
  })
})

describe.each(largeVersions)('every posting of %s', (version) => {
  test('asks for more than keywords: none is answered fully right in all tiers', async () => {
    const isSolved = new Map<string, boolean>()
    for (const tier of tiers) {
      for (const { sample, target } of labelledSamples(version, tier)) {
        const answer = await baselineAnswer('rules-basic', taskOf(tier), sample.input)
        const accuracy = answer.status === 'parsed' ? scoreAnswer(taskOf(tier), target, answer.answer).accuracy : 0
        isSolved.set(sample.key, (isSolved.get(sample.key) ?? true) && accuracy > 99.9)
      }
    }
    expect([...isSolved].filter(([, solved]) => solved)).toEqual([])
  })
})

describe('whatever the posting is', () => {
  const tier = fc.constantFrom(...tiers)
  const model = fc.constantFrom(...baselines)

  test('the answer keeps to the schema', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom(
        '$',
        '€ 3.180',
        'k',
        ' to ',
        '\n',
        'Requirements:',
        '<li>',
        'Python',
        'no',
        'fee',
        'nights',
        '99999',
      ),
    )
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' '))
    await fc.assert(
      fc.asyncProperty(tier, model, text, async (number, modelId, posting) => {
        const task = taskOf(number)
        const parsed = await baselineAnswer(modelId, task, {
          title: posting.slice(0, 20),
          text: posting,
          candidate: posting,
        })
        expect(parsed).toMatchObject({ status: 'parsed', schemaErrors: [] })
      }),
    )
  })

  test.each([
    ['figures', '$1 '],
    ['grouped digits', '1 111'],
    ['tags that do not end', '<p'],
    ['entities that do not end', '&aaaa'],
    ['beginnings of phrases', 'pay '],
    ['denials', 'no '],
    ['ends of sentences', '. '],
    ['one endless word', 'a'],
    ['line breaks', '\n'],
    ['headings', 'requirements:\n'],
    ['accents', 'é́'],
  ])('a hostile text of 20,000 characters costs no more than a long one: %s', async (_name, piece) => {
    const text = piece.repeat(Math.ceil(20_000 / piece.length))
    const startedAt = performance.now()
    for (const number of tiers)
      await baselineAnswer('rules-thorough', taskOf(number), { title: text, text, candidate: text })
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })
})

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
