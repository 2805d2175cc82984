import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLineParser, createSseParser, type EventParser } from '../../src/providers/streaming/event-parser.ts'

/** Cuts a body at the given places, anywhere in it. */
function chunksOf(body: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((cut) => cut % (body.length + 1)))].sort((a, b) => a - b)
  return [...places, body.length].map((end, index) => body.subarray(places[index - 1] ?? 0, end))
}

function parsed(parser: EventParser, body: string, cuts: readonly number[]): string[] {
  const events = chunksOf(new TextEncoder().encode(body), cuts).flatMap((chunk) => parser.push(chunk))
  return [...events, ...parser.end()]
}

const cuts = fc.array(fc.nat(), { maxLength: 20 })
/** With characters of one to four bytes, and without ends of lines, which JSON writes as escapes. */
const line = fc
  .string({ unit: fc.constantFrom('a', '"', ':', ' ', 'ü', '€', '漢', '👩‍👧', '\u2028', '\\n', 'data:', '[DONE]') })
  .map((text) => JSON.stringify({ text }))
const lineEnd = fc.constantFrom('\n', '\r\n')

describe('server-sent events', () => {
  const noise = fc.constantFrom('', ': ping', 'event: message', 'id: 7', 'retry: 10')

  test('come out as they went in, however the body is cut and whatever ends its lines', () => {
    const event = fc.record({ data: line, before: noise, space: fc.constantFrom('', ' ') })
    fc.assert(
      fc.property(fc.array(event), fc.constantFrom('\n', '\r\n', '\r'), cuts, (events, end, places) => {
        const body = events
          .map(({ data, before, space }) => `${before === '' ? '' : before + end}data:${space}${data}${end}${end}`)
          .join('')
        expect(parsed(createSseParser(), body, places)).toEqual(events.map(({ data }) => data))
      }),
    )
  })

  test.each<[string, string, string[]]>([
    ['lines of one event are joined', 'data: a\ndata: b\n\n', ['a\nb']],
    ['also where an end of line is cut in two', 'data: a\r\ndata: b\r\n\r\n', ['a\nb']],
    ['an event that the body ends in counts', 'data: a\n\ndata: [DONE]', ['a', '[DONE]']],
    ['one without data is none', ': only a comment\n\nevent: ping\n\n', []],
    ['only one space is taken off', 'data:  a\n\n', [' a']],
    ['empty data is data', 'data:\n\n', ['']],
    ['the mark of UTF-8 is no part of the body', '\ufeffdata: a\n\n', ['a']],
    ['an object that stands there bare is one', 'data: a\n\n{\n  "error": {}\n}\n', ['a', '{\n  "error": {}\n}']],
  ])('%s', (_name, body, events) => {
    expect(parsed(createSseParser(), body, [])).toEqual(events)
    for (let cut = 0; cut <= body.length; cut += 1) expect(parsed(createSseParser(), body, [cut])).toEqual(events)
  })
})

describe('lines of JSON', () => {
  test('come out as they went in, however the body is cut', () => {
    fc.assert(
      fc.property(fc.array(line), lineEnd, fc.boolean(), cuts, (lines, end, isEnded, places) => {
        const body = lines.join(end + end) + (isEnded ? end : '')
        expect(parsed(createLineParser(), body, places).map((each) => each.trim())).toEqual(lines)
      }),
    )
  })

  test('of a megabyte in small chunks take milliseconds', () => {
    const parser = createLineParser()
    const chunk = new TextEncoder().encode('x'.repeat(64))
    const startedMs = performance.now()
    for (let index = 0; index < 16_384; index += 1) parser.push(chunk)
    expect(parser.end()[0]).toHaveLength(1_048_576)
    expect(performance.now() - startedMs).toBeLessThan(500)
  })
})
