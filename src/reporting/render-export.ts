import type { ExportedOutcome } from './exported-outcome.ts'
import { csvLine } from './render-csv.ts'

export const exportFormats = ['jsonl', 'csv', 'json'] as const
export type ExportFormat = (typeof exportFormats)[number]

/**
 * The outcomes as text, one after another as they come, so that their number does not matter: JSON lines, one JSON array,
 * or CSV with `tokenUsage.prompt` for what is nested, and JSON where it is a whole object.
 */
export async function* renderExport(
  format: ExportFormat,
  outcomes: AsyncIterable<ExportedOutcome>,
): AsyncGenerator<string> {
  switch (format) {
    case 'jsonl':
      for await (const outcome of outcomes) yield `${JSON.stringify(outcome)}\n`
      return
    case 'csv':
      return yield* renderCsv(outcomes)
    case 'json':
      return yield* renderArray(outcomes)
  }
}

async function* renderArray(outcomes: AsyncIterable<ExportedOutcome>): AsyncGenerator<string> {
  let before = '[\n'
  for await (const outcome of outcomes) {
    yield before + JSON.stringify(outcome)
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

/** Every outcome has the same columns, so that the first one names them. */
async function* renderCsv(outcomes: AsyncIterable<ExportedOutcome>): AsyncGenerator<string> {
  let isFirst = true
  for await (const outcome of outcomes) {
    const cells = cellsOf(outcome)
    if (isFirst) yield csvLine(cells.map(([name]) => name))
    isFirst = false
    yield csvLine(cells.map(([, value]) => cellText(value)))
  }
}

const nested = ['tokenUsage', 'metadata'] as const

function cellsOf(outcome: ExportedOutcome): [string, unknown][] {
  return Object.entries(outcome).flatMap(([name, value]): [string, unknown][] =>
    nested.some((part) => part === name)
      ? Object.entries(value as object).map(([inner, part]) => [`${name}.${inner}`, part])
      : [[name, value]],
  )
}

function cellText(value: unknown): string | number | null {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value
  return JSON.stringify(value)
}
