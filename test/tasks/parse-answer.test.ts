import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/shared/json.ts'
import { parseAnswer } from '../../src/tasks/parse-answer.ts'

const task = { answerSchema: { type: 'object', properties: {} } as JsonObject }
const strict = {
  answerSchema: {
    type: 'object',
    required: ['level'],
    additionalProperties: false,
    properties: { level: { type: 'integer' }, kind: { type: 'string', enum: ['a', 'b'] } },
  } as JsonObject,
}
const fence = '```'

function formOf(text: string): string {
  const parsed = parseAnswer(text, task)
  return parsed.status === 'parsed' ? parsed.form : parsed.status
}

describe('an answer', () => {
  test.each([
    ['{"a":1}', 'plain'],
    ['\uFEFF \n{"a":1}\r\n', 'plain'],
    [`${fence}json\n{"a":1}\n${fence}`, 'fenced'],
    [`${fence}\n{"a":1}${fence}`, 'fenced'],
    [`Here you are:\n\n${fence}JSON\n{"a":1}\n${fence}\nGood luck!`, 'fenced'],
    ['The answer is {"a":1}.', 'surrounded'],
    ['{"a":1}}', 'surrounded'],
    ['As [1] and {title} say: {"a":1}', 'surrounded'],
    ['<think>\nIs it {"a":2}?\n</think>\n\n{"a":1}', 'surrounded'],
    [`<think></think>${fence}json\n{"a":1}\n${fence}`, 'surrounded'],
    ['{"a":1}\nOnce more:\n{ "a": 1.0 }', 'surrounded'],
  ])('in %j is found (%s)', (text, form) => {
    expect(parseAnswer(text, task)).toEqual({ status: 'parsed', answer: { a: 1 }, form, schemaErrors: [] })
  })

  test.each([
    ['', 'no JSON object'],
    ['I cannot help with that.', 'no JSON object'],
    ['[{"a":1}]', 'got a list'],
    ['Here: [ {"a":1} ]', 'got a list'],
    ['"{}"', 'another JSON value'],
    ['null', 'another JSON value'],
    ['{"a":1', 'not ended'],
    ['{"a": {"b": 1}, "c": ', 'not ended'],
    ['{"a": tru, "b": {"c": 1}}', 'broken'],
    ["{'a': 1, 'b': {\"c\": 2}}", 'broken'],
    ['{"a": 1,}', 'broken'],
    ['{a: {"b": 1}}', 'broken'],
    ['{"a":1} or {"a":2}', 'several different'],
    ['{"a":1} and {"b":', 'not ended'],
    ['<think>I wonder {"a":1}', 'was not ended'],
    [`{"a":${'['.repeat(101)}${']'.repeat(101)}}`, 'levels deep'],
  ])('is not guessed from %j', (text, reason) => {
    const parsed = parseAnswer(text, task)
    expect(parsed.status).toBe('malformed')
    expect(parsed.status === 'malformed' && parsed.reason).toContain(reason)
  })

  test('braces, brackets, fences and tags inside of its texts change nothing', () => {
    const answer = { text: 'a } ] { [ \\" ``` </think> {"b":1}', more: ['}'] }
    const json = JSON.stringify(answer)
    for (const text of [json, `Well: ${json}!`, `${fence}json\n${json}\n${fence}`, `<think>x</think>${json}`]) {
      expect(parseAnswer(text, task)).toMatchObject({ status: 'parsed', answer })
    }
  })

  test('that breaks the schema is still one, with what the schema has against it', () => {
    expect(parseAnswer('{"level":"high","kind":"c","more":1}', strict)).toEqual({
      status: 'parsed',
      answer: { level: 'high', kind: 'c', more: 1 },
      form: 'plain',
      schemaErrors: [
        'at the top level: got the unknown key "more"',
        'at level: expected integer, got "high"',
        'at kind: expected one of the listed values, got "c"',
      ],
    })
    expect(parseAnswer('{}', strict)).toMatchObject({
      schemaErrors: ['at the top level: expected the key "level", which is missing'],
    })
  })

  test('with very many errors names twenty and counts the others', () => {
    const keys = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 1]))
    const parsed = parseAnswer(JSON.stringify({ level: 1, ...keys }), strict)
    expect(parsed.status === 'parsed' && parsed.schemaErrors).toHaveLength(21)
    expect(parsed.status === 'parsed' && parsed.schemaErrors.at(-1)).toBe('… and 30 more')
  })

  const objects = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }))

  test('of any content survives alone, fenced and surrounded', () => {
    fc.assert(
      fc.property(objects, fc.constantFrom(undefined, 2), (object, indent) => {
        const json = JSON.stringify(object, undefined, indent)
        const answer: unknown = JSON.parse(json)
        expect(parseAnswer(json, task)).toMatchObject({ form: 'plain', answer })
        expect(parseAnswer(`${fence}json\n${json}\n${fence}`, task)).toMatchObject({ form: 'fenced', answer })
        expect(parseAnswer(`Sure (see below).\n${json}\nAnything else?`, task)).toMatchObject({
          form: 'surrounded',
          answer,
        })
      }),
    )
  })

  test('that was cut off anywhere is never taken for another one', () => {
    fc.assert(
      fc.property(objects, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (object, share) => {
        const json = JSON.stringify(object)
        expect(formOf(json.slice(0, Math.floor(share * json.length)))).toBe('malformed')
      }),
    )
  })

  test('is looked for in any text without an exception', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      ':',
      ',',
      '1',
      'a',
      ' ',
      '\n',
      fence,
      '<think>',
      '</think>',
    )
    fc.assert(fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => void parseAnswer(parts.join(''), task)))
    fc.assert(fc.property(fc.string(), (text) => void parseAnswer(text, task)))
  })

  test.each(['{', '{"', '{"a":', '[', '{a', '<think>', '{}', '"', '[ '])(
    'is looked for in a long hostile text of %j in no time',
    (piece) => {
      const start = performance.now()
      parseAnswer(piece.repeat(200_000), task)
      expect(performance.now() - start).toBeLessThan(2000)
    },
  )
})
