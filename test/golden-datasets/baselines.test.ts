import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRulesProvider } from '../../src/providers/rules/create-rules-provider.ts'
import { scoreAnswer } from '../../src/scoring/score-answer.ts'
import type { JsonObject, JsonValue } from '../../src/shared/json.ts'
import { parseAnswer } from '../../src/tasks/parse-answer.ts'
import type { Task } from '../../src/tasks/task.ts'
import { labelledSamples, taskOf, tiers, versions } from './golden-data.ts'

const baselines = ['rules-basic', 'rules-thorough'] as const

const provider = createRulesProvider(
  new Map(
    tiers.map((tier): [string, JsonValue] => {
      const { name, rules } = taskOf(tier)
      if (rules === undefined) throw new Error(`The task "${name}" has no rules.yaml.`)
      return [name, rules]
    }),
  ),
)

async function answerOf(modelId: string, task: Task, input: JsonObject): Promise<string> {
  const { text } = await provider.generate({
    modelId,
    messages: [],
    answerSchema: task.answerSchema,
    maxOutputTokens: task.maxOutputTokens,
    temperature: 0,
    seed: undefined,
    timeoutMs: 1000,
    signal: new AbortController().signal,
    sample: { key: 'any', taskName: task.name, input, repeat: 0 },
  })
  return text
}

async function meanAccuracy(modelId: string, version: string, tier: (typeof tiers)[number]): Promise<number> {
  const task = taskOf(tier)
  const labelled = labelledSamples(version, tier)
  let sum = 0
  for (const { sample, target } of labelled) {
    const parsed = parseAnswer(await answerOf(modelId, task, sample.input), task)
    expect(parsed, `${modelId}, ${sample.key}`).toMatchObject({ status: 'parsed', form: 'plain', schemaErrors: [] })
    if (parsed.status === 'parsed') sum += scoreAnswer(task, target, parsed.answer).accuracy
  }
  return sum / labelled.length
}

describe.each(versions)('the baselines on %s', (version) => {
  test('every answer is valid, and more effort answers clearly better in every tier', async () => {
    const rows: Record<string, Record<string, number>> = {}
    for (const tier of tiers) {
      const [basic, thorough] = [
        await meanAccuracy('rules-basic', version, tier),
        await meanAccuracy('rules-thorough', version, tier),
      ]
      rows[`tier ${tier}`] = { 'rules-basic': rounded(basic), 'rules-thorough': rounded(thorough) }
      expect(thorough).toBeGreaterThan(basic + 5)
    }
    console.table(rows)
  })

  test('keywords and patterns do not solve tier 1', async () => {
    expect(await meanAccuracy('rules-thorough', version, 1)).toBeLessThanOrEqual(75)
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
        const parsed = parseAnswer(
          await answerOf(modelId, task, { title: posting.slice(0, 20), text: posting, candidate: posting }),
          task,
        )
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
    for (const number of tiers) await answerOf('rules-thorough', taskOf(number), { title: text, text, candidate: text })
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })
})

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
