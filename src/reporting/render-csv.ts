import type { Outcome } from '../evaluation/outcome.ts'

export interface OutcomeRow {
  evaluation: string
  tier: number
  role: string
  /** Whether a failure counts against the model: one that only the provider is the reason of does not. */
  isOfProvider: boolean
  outcome: Outcome
}

type Cell = string | number | null | undefined

const columns: Record<string, (row: OutcomeRow) => Cell> = {
  evaluation: ({ evaluation }) => evaluation,
  tier: ({ tier }) => tier,
  model: ({ outcome }) => outcome.model,
  role: ({ role }) => role,
  sample: ({ outcome }) => outcome.sampleKey,
  repeat: ({ outcome }) => outcome.repeat + 1,
  status: ({ outcome }) => outcome.status,
  failure: ({ outcome }) => (outcome.status === 'failed' ? outcome.failure.kind : null),
  failure_of: ({ outcome, isOfProvider }) =>
    outcome.status === 'failed' ? (isOfProvider ? 'provider' : 'model') : null,
  failure_message: ({ outcome }) => (outcome.status === 'failed' ? outcome.failure.message : null),
  accuracy: ({ outcome }) => (outcome.status === 'scored' ? rounded(outcome.accuracy) : null),
  completeness: ({ outcome }) => (outcome.status === 'scored' ? rounded(outcome.completeness) : null),
  latency_ms: ({ outcome }) => (outcome.latencyMs === undefined ? null : rounded(outcome.latencyMs)),
  waited_ms: ({ outcome }) => rounded(outcome.waitedMs),
  attempts: ({ outcome }) => outcome.attempts,
  input_tokens: ({ outcome }) => outcome.usage.inputTokens,
  output_tokens: ({ outcome }) => outcome.usage.outputTokens,
  cost_usd: ({ outcome }) => outcome.costUsd,
  asked_at: ({ outcome }) => outcome.askedAt.toISOString(),
  raw_text: ({ outcome }) => outcome.rawText,
}

export const outcomeCsvHeader = csvLine(Object.keys(columns))

/** One line of results.csv (RFC 4180, with its line end). */
export function outcomeCsvLine(row: OutcomeRow): string {
  return csvLine(Object.values(columns).map((cell) => cell(row)))
}

/** What a person reads needs no more digits; the database has them all. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}

/** RFC 4180; unknown is an empty cell, and text that a spreadsheet would run as a formula gets an apostrophe. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
