import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { compileRules } from '../../../src/providers/rules/compile-rules.ts'
import type { JsonObject, JsonValue } from '../../../src/shared/json.ts'

const text = `About us: we love Java.
What you bring
Python, SQL and wound care. No Excel needed.
Pay a small registration fee today.`

function answer(rules: JsonObject, rest: JsonObject = {}, input: JsonObject = { text }): JsonObject {
  const answerers = compileRules('demo', { read: ['text'], ...rest, models: { m: rules } })
  return answerers.get('m')?.(input) ?? {}
}

const skills = { Excel: [], Java: [], Python: [], SQL: [], 'Wound care': [] }
const sections = { company: ['about us'], requirements: ['what you bring'] }

describe('a rule that lists terms', () => {
  test('finds names in the order of the text', () => {
    expect(answer({ 'a.b[].c': { rule: 'list', from: skills, match: 'names', limit: 3 } })).toEqual({
      a: { b: [{ c: 'Java' }, { c: 'Python' }, { c: 'SQL' }] },
    })
  })

  test('leaves out what the text denies and what stands in a skipped section', () => {
    const rule = { rule: 'list', from: skills, match: 'names', denied: { before: ['no'] }, skipSections: ['company'] }
    expect(answer({ a: rule }, { sections })).toEqual({ a: ['Python', 'SQL', 'Wound care'] })
  })

  test('puts terms of a preferred section first', () => {
    const rule = { rule: 'list', from: skills, match: 'names', preferSections: ['requirements'] }
    expect(answer({ a: rule }, { sections })).toEqual({ a: ['Python', 'SQL', 'Wound care', 'Excel', 'Java'] })
  })

  test('orders by hits or by the list', () => {
    const from = { b: ['beta'], a: ['alpha'] }
    const input = { text: 'alpha beta alpha' }
    expect(answer({ x: { rule: 'list', from, order: 'hits' } }, {}, input)).toEqual({ x: ['a', 'b'] })
    expect(answer({ x: { rule: 'list', from, order: 'listed' } }, {}, input)).toEqual({ x: ['b', 'a'] })
  })

  test('compares with another field: what both hold, and what only the text holds', () => {
    const input = { text: 'SQL and Python', candidate: 'Five years of SQL' }
    const rules = {
      both: { rule: 'list', from: skills, match: 'names', alsoIn: ['candidate'], say: 'Proven {term}' },
      missing: { rule: 'list', from: skills, match: 'names', notIn: ['candidate'] },
    }
    expect(answer(rules, {}, input)).toEqual({ both: ['Proven SQL'], missing: ['Python'] })
  })

  test('quotes the words of the original that show a term', () => {
    const rule = { rule: 'list', from: { fee: ['registration fee'] }, shape: { name: 'flag', quote: 'quote' } }
    expect(answer({ flags: rule })).toEqual({
      flags: [{ flag: 'fee', quote: 'Pay a small registration fee today.' }],
    })
  })

  test('quotes a long sentence in part, still verbatim', () => {
    const long = `${'one two three '.repeat(20)}fee ${'four five '.repeat(20)}`
    const rule = { rule: 'list', from: { fee: ['fee'] }, shape: { name: 'flag', quote: 'quote' } }
    const { flags } = answer({ flags: rule }, {}, { text: long }) as { flags: { quote: string }[] }
    expect(long).toContain(flags[0]?.quote)
    expect(flags[0]?.quote).toContain('fee')
    expect(flags[0]?.quote.length).toBeLessThan(100)
  })
})

describe('the other rules', () => {
  test('`one` gives the best term, or what it says otherwise', () => {
    const from = { data: ['sql', 'python'], care: ['wound'] }
    expect(answer({ a: { rule: 'one', from, order: 'hits' } })).toEqual({ a: 'data' })
    expect(answer({ a: { rule: 'one', from: { x: ['zebra'] }, otherwise: 'other' } })).toEqual({ a: 'other' })
    expect(answer({ a: { rule: 'one', from: { x: ['zebra'] } } })).toEqual({ a: null })
  })

  test('`score` adds points once an indicator and stays between its limits', () => {
    const indicators = [
      { points: 3, any: ['python', 'sql'] },
      { points: 9, any: ['zebra'] },
    ]
    const score = { rule: 'score', score: 's' }
    expect(answer({ a: score }, { scores: { s: { start: 1, indicators } } })).toEqual({ a: 4 })
    expect(answer({ a: score }, { scores: { s: { start: 1, max: 2, indicators } } })).toEqual({ a: 2 })
  })

  test('`choose` takes one rule where a score is reached and another where it is not', () => {
    const scores = { s: { indicators: [{ points: 3, any: ['fee'] }] } }
    const rule = (atLeast: number) => ({
      rule: 'choose',
      score: 's',
      atLeast,
      reached: { rule: 'value', value: false },
      missed: { rule: 'value', value: true },
    })
    expect(answer({ a: rule(3) }, { scores })).toEqual({ a: false })
    expect(answer({ a: rule(4) }, { scores })).toEqual({ a: true })
  })

  test('`amount` gives a part of the pay, null where there is none', () => {
    const amounts = { pay: { currencies: { USD: ['$'] } } }
    const rule = { rule: 'amount', of: 'pay', part: 'min' }
    expect(answer({ a: rule }, { amounts }, { text: '$25' })).toEqual({ a: 25 })
    expect(answer({ a: rule }, { amounts }, { text: 'plenty' })).toEqual({ a: null })
  })

  test('a field that the input does not have, or that is no text, holds nothing', () => {
    expect(answer({ a: { rule: 'list', from: skills, match: 'names' } }, {}, { text: 7 })).toEqual({ a: [] })
  })
})

describe('wrong rules are refused, all at once and in words', () => {
  function messageOf(rules: JsonObject): string {
    try {
      compileRules('demo', rules)
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : ''
    }
    return 'accepted'
  }

  test('an unknown rule, key or phrase is named with its place', () => {
    const message = messageOf({
      read: ['text'],
      models: {
        m: { a: { rule: 'lst' }, b: { rule: 'list', from: { x: ['...'] } }, 'c..d': { rule: 'value', value: 1 } },
      },
    })
    expect(message).toContain('UserError: rules.yaml of the task "demo": at models.m')
    expect(message).toContain('got "..."')
    expect(message).toContain('expected a path such as a.b or a[].b')
    expect(message.split('\n')).toHaveLength(3)
  })

  test('a reference to what does not exist says what exists', () => {
    const message = messageOf({
      read: ['text'],
      lists: { skills: {} },
      models: {
        m: {
          a: { rule: 'list', from: 'skils' },
          b: { rule: 'score', score: 's' },
          c: { rule: 'list', from: 'skills', skipSections: ['end'] },
          'd[].e': { rule: 'value', value: 1 },
          f: { rule: 'value', value: 1 },
          'f.g': { rule: 'value', value: 1 },
        },
      },
    })
    expect(message).toContain('at models.m, a: expected one of the lists (skills), got "skils"')
    expect(message).toContain('b: expected one of the scores (there are none), got "s"')
    expect(message).toContain('c: expected one of the sections (there are none), got "end"')
    expect(message).toContain('d[].e: expected a rule that gives a list')
    expect(message).toContain("f: expected no rule inside of another one's value, got one for f.g")
  })
})

test('the example of golden-datasets/rules.md works as it stands there', () => {
  const page = readFileSync(join(resolve(import.meta.dirname, '../../..'), 'golden-datasets/rules.md'), 'utf8')
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? []
  const answerers = compileRules('example', parse(example) as JsonValue)
  const input = { title: 'Nurse', text: 'Dressings and SQL. Pay a registration fee.' }
  expect(answerers.get('rules-basic')?.(input)).toEqual({ skills: ['SQL'] })
  expect(answerers.get('rules-thorough')?.(input)).toEqual({ skills: ['Wound care', 'SQL'], genuine: false })
})
