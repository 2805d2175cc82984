import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAnswerCollector } from '../../src/providers/streaming/answer-collector.ts'
import { createThinkingFilter } from '../../src/providers/streaming/thinking-filter.ts'
import { splitThinking } from '../../src/providers/thinking-text.ts'
import { textOf } from '../support/read-stream.ts'

/** Text with thoughts here and there, in parts of any size. */
const parts = fc.array(
  fc.constantFrom('<think>', '</think>', '<', 'th', 'ink>', '</', ' ', '\n', 'Hello', '{"a":1}', '<thinking'),
  { maxLength: 12 },
)

function filtered(isOpened: boolean, pieces: readonly string[]): string {
  const filter = createThinkingFilter(isOpened)
  return pieces.map((piece) => filter.push(piece)).join('') + filter.end()
}

describe('thoughts in front of an answer', () => {
  test('are left out of a stream as they are of a whole answer', () => {
    fc.assert(
      fc.property(parts, (pieces) => {
        const text = pieces.join('')
        const isUnseen = text.includes('</think>') && !text.trimStart().startsWith('<think>')
        fc.pre(!isUnseen)
        expect(filtered(false, pieces)).toBe(splitThinking(text).answer)
      }),
    )
  })

  test('that the template begins unseen are left out too, where that is known of the model', () => {
    fc.assert(
      fc.property(parts, (pieces) => {
        expect(filtered(true, pieces)).toBe(splitThinking(pieces.join('')).answer)
      }),
    )
  })

  test('do not hold back the answer of a model that did not think', () => {
    const filter = createThinkingFilter(false)
    expect([filter.push('<'), filter.push('b>Hello')]).toEqual(['', '<b>Hello'])
  })
})

describe('a model whose template begins its thoughts unseen', () => {
  const answer = ['So be', ' it.</th', 'ink>\n\n', 'Hello', ' there']
  const streamed = (known: Set<string>, pieces: readonly string[]) => {
    const collector = createAnswerCollector('a-model', known, performance.now())
    const text = textOf([...pieces.flatMap((piece) => collector.text(piece)), ...collector.rest()])
    return { out: text, warnings: collector.collected().warnings }
  }

  test('is found out by its first stream, which says so, and holds back its thoughts from the second on', () => {
    const known = new Set<string>()
    const first = streamed(known, answer)
    expect(first.out).toContain('So be it.')
    expect(first.warnings.join()).toMatch(/begins its thoughts unseen/)
    const second = streamed(known, answer)
    expect(second.out).toBe('Hello there')
    expect(second.warnings.join()).toMatch(/thought first: 9 characters/)
  })

  test('that thinks no more loses no answer, and streams again after it', () => {
    const known = new Set(['a-model'])
    expect(streamed(known, ['Hello', ' there']).out).toBe('Hello there')
    expect(known.size).toBe(0)
  })
})

test('the calls of tools are put together of their pieces', () => {
  const collector = createAnswerCollector('a-model', new Set(), performance.now())
  collector.toolCall({ kind: 'tool-call', index: 0, id: 'one', name: 'weather', arguments: '{"ci' })
  collector.toolCall({ kind: 'tool-call', index: 1, id: 'two', name: 'time', arguments: '' })
  collector.toolCall({ kind: 'tool-call', index: 0, arguments: 'ty":1}' })
  collector.rest()
  expect(collector.collected().toolCalls).toEqual([
    { id: 'one', name: 'weather', arguments: '{"city":1}' },
    { id: 'two', name: 'time', arguments: '' },
  ])
})
