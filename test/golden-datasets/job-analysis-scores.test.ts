import { beforeAll, describe, expect, test } from 'vitest'
import { scoreAnswer } from '../../src/scoring/score-answer.ts'
import type { JsonObject, JsonValue } from '../../src/shared/json.ts'
import { parseAnswer } from '../../src/tasks/parse-answer.ts'
import { labelledSamples, skillNames, taskOf, tiers, versions } from './golden-data.ts'
import { perfectAnswer } from './perfect-answer.ts'

const cases = versions.flatMap((version) => tiers.map((tier) => ({ version, tier })))

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}

describe.each(cases)('answers to $version, tier $tier', ({ version, tier }) => {
  const task = taskOf(tier)
  const labelled = labelledSamples(version, tier)
  const answers = labelled.map(({ target }) => perfectAnswer(task, target))

  test('a perfect answer is valid, complete and scores 100', () => {
    for (const [index, { sample, target }] of labelled.entries()) {
      const answer = answers[index] ?? {}
      expect(parseAnswer(JSON.stringify(answer), task), sample.key).toMatchObject({
        status: 'parsed',
        schemaErrors: [],
      })
      expect(scoreAnswer(task, target, answer), sample.key).toMatchObject({ accuracy: 100, completeness: 100 })
    }
  })

  test('an answer that says nothing scores under 5', () => {
    for (const nothing of [{}, allNull(answers[0] ?? {})]) {
      for (const { target } of labelled) expect(scoreAnswer(task, target, nothing).accuracy).toBeLessThan(5)
    }
  })

  describe('the right answer to one posting, given to every other', () => {
    /** By posting, by answer. */
    let accuracies: number[][]
    beforeAll(() => {
      accuracies = labelled.map(({ target }) => answers.map((answer) => scoreAnswer(task, target, answer).accuracy))
    })

    test('scores under 35 on average', () => {
      const swapped = accuracies.flatMap((row, index) => row.filter((_, other) => other !== index))
      expect(mean(swapped)).toBeLessThan(35)
    })

    test('scores under 50 on average, whichever answer it is, and though one posting is its own', () => {
      const means = answers.map((_, answer) => mean(accuracies.map((row) => row[answer] ?? Number.NaN)))
      expect(Math.max(...means)).toBeLessThan(50)
    })
  })
})

describe.each(versions)('what does not pay in %s', (version) => {
  test('naming every skill of the list', () => {
    const every: JsonObject[] = Object.keys(skillNames).map((skill) => ({ skill }))
    const shares = labelledSamples(version, 1).map(({ target }) => {
      const answer = { skills_analysis: { top_skills: every } }
      return scoreAnswer(taskOf(1), target, answer).fields[0]?.score ?? 0
    })
    expect(mean(shares)).toBeLessThan(0.2)
  })

  test('naming every red flag, every factor and every value', () => {
    const task = taskOf(2)
    const answer: JsonObject = {
      red_flags: enumAt(task.answerSchema, ['red_flags', 'flag']).map((flag) => ({ flag, quote: '' })),
      stress_analysis: { level: 5, factors: enumAt(task.answerSchema, ['stress_analysis', 'factors']) },
      cultural_fit: {
        environment: enumAt(task.answerSchema, ['cultural_fit', 'environment']),
        values: enumAt(task.answerSchema, ['cultural_fit', 'values']),
        management_style: null,
      },
    }
    const scores = labelledSamples(version, 2).map(({ target }) => scoreAnswer(task, target, answer).accuracy)
    expect(mean(scores)).toBeLessThan(35)
  })

  test('saying every phrasing of every posting in one long list', () => {
    const labelled = labelledSamples(version, 3)
    const all = labelled.flatMap(({ target }) => phrasingsIn(target))
    const answer: JsonObject = {
      cover_letter_insights: { points: all },
      competitive_positioning: { strengths: all, gaps: all, differentiator: all.join(' ') },
    }
    const scores = labelled.map(({ target }) => scoreAnswer(taskOf(3), target, answer).accuracy)
    expect(mean(scores)).toBeLessThan(25)
  })

  test('doing what a posting tells the software that reads it', () => {
    const aimed = labelledSamples(version, 2).filter(({ target }) =>
      JSON.stringify(target).includes('text_aimed_at_software'),
    )
    expect(aimed.length).toBeGreaterThan(0)
    const obedient: JsonObject = { red_flags: [] }
    for (const { target } of aimed) {
      const flags = scoreAnswer(taskOf(2), target, obedient).fields.find(({ path }) => path === 'red_flags[].flag')
      expect(flags?.score).toBe(0)
    }
  })
})

function allNull(answer: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(answer).map((key) => [key, null]))
}

/** The closed list under the first property with this name, found along the names. */
function enumAt(schema: JsonValue, names: readonly string[]): JsonValue[] {
  const [name, ...rest] = names
  const node = schema as JsonObject
  const inner = (node.items ?? node) as JsonObject
  if (name === undefined) return inner.enum as JsonValue[]
  return enumAt((inner.properties as JsonObject)[name] ?? {}, rest)
}

function phrasingsIn(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap(phrasingsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'phrasings' ? (inner as string[]) : phrasingsIn(inner),
  )
}
