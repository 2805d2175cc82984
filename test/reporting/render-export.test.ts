import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { type ExportedOutcome, exportedOutcome, type OutcomeContext } from '../../src/reporting/exported-outcome.ts'
import { type ExportFormat, renderExport } from '../../src/reporting/render-export.ts'
import { exampleEvaluation, failedOutcome, scoredOutcome } from '../support/example-evaluation.ts'

const evaluation = exampleEvaluation({ id: 'e1' })
const context: OutcomeContext = {
  evaluation,
  provider: 'gemini',
  role: 'incumbent',
  repeats: 1,
  sample: { target: { industry: 'software' }, category: 'tech', complexity: 'simple' },
  input: { title: 'Engineer, "senior"', text: 'line one\nline two' },
}
const outcomes = [
  exportedOutcome(scoredOutcome(), context),
  exportedOutcome(failedOutcome({ repeat: 1, failure: { kind: 'malformed', message: 'no JSON; "}"' } }), context),
  exportedOutcome({ ...failedOutcome(), rawText: 'Sorry,\nno.' }, { ...context, role: undefined, sample: undefined }),
]

async function textOf(format: ExportFormat, all: readonly ExportedOutcome[]): Promise<string> {
  const each = (async function* () {
    yield* all
  })()
  let text = ''
  for await (const part of renderExport(format, each)) text += part
  return text
}

describe('an outcome for other tools', () => {
  test('has the names on which they agree, a score from 0 to 1, and what only Incumbent knows apart', () => {
    expect(outcomes[0]).toMatchObject({
      id: 'e1/gemini-2.0-flash-001/a/1',
      inputId: 'a',
      model: 'gemini-2.0-flash-001',
      output: { industry: 'software' },
      expected: { industry: 'software' },
      score: 0.875,
      scores: { industry: 1 },
      error: null,
      latencyMs: 812.5,
      tokenUsage: { prompt: 900, completion: 120, total: 1020, reasoning: null, cached: null },
      cost: 0.000_138,
      metadata: {
        evaluation: 'e1',
        tier: 1,
        dataset: 'job-analysis@v1',
        role: 'incumbent',
        repeat: 1,
        isRetest: false,
      },
    })
  })

  test('that failed has no score, what went wrong, and what came instead', () => {
    expect(outcomes[1]).toMatchObject({
      score: null,
      scores: {},
      error: 'malformed: no JSON; "}"',
      output: null,
      cost: null,
      tokenUsage: { prompt: null, completion: null, total: null },
      metadata: { failureKind: 'malformed', isRetest: true },
    })
    expect(outcomes[2]).toMatchObject({
      output: 'Sorry,\nno.',
      expected: null,
      metadata: { role: null, category: null },
    })
  })
})

describe('what is exported comes back as it was', () => {
  test('from JSON lines, one outcome a line', async () => {
    const lines = (await textOf('jsonl', outcomes)).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(outcomes)
  })

  test('from JSON, also where there is nothing', async () => {
    expect(JSON.parse(await textOf('json', outcomes))).toEqual(outcomes)
    expect(JSON.parse(await textOf('json', []))).toEqual([])
  })

  test('from CSV, with what is nested in columns of its own', async () => {
    const rows = parse(await textOf('csv', outcomes), { columns: true }) as Record<string, string>[]
    expect(rows).toHaveLength(outcomes.length)
    for (const [index, row] of rows.entries()) {
      const { tokenUsage, metadata, ...own } = outcomes[index] ?? ({} as ExportedOutcome)
      const flat = { ...own, ...prefixed('tokenUsage', tokenUsage), ...prefixed('metadata', metadata) }
      expect(Object.keys(row).toSorted()).toEqual(Object.keys(flat).toSorted())
      for (const [name, value] of Object.entries(flat)) expect(row[name]).toBe(cellOf(value))
    }
  })
})

function prefixed(part: string, values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${part}.${name}`, value as unknown]))
}

function cellOf(value: unknown): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
