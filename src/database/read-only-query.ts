import { UserError } from '../shared/user-error.ts'
import type { Database } from './database.ts'

export interface QueryResult {
  /** Names in the order of the query; a name that comes twice is told apart by a number (`a`, `a_2`). */
  columns: string[]
  /** Integers and decimals are numbers, times are ISO text in UTC, JSON is plain data. */
  rows: Record<string, unknown>[]
}

/**
 * Runs one statement of a person, which can read and change nothing. It is no defence against people who are out to do
 * harm: what the database user may do outside tables (files, programs) a statement may do too.
 * @throws UserError with PostgreSQL's message for a write, a mistake in the statement, or several statements.
 */
export async function queryReadOnly(database: Database, statement: string): Promise<QueryResult> {
  if (statement.trim() === '')
    throw new UserError('Expected a query such as "select * from tier_leaderboard", got nothing.')
  try {
    const result = await database.runReadOnly(statement)
    const columns = unique(result.columns)
    const rows = result.rows.map((row) => {
      return Object.fromEntries(columns.map((column, index) => [column, plain(row[index])]))
    })
    return { columns, rows }
  } catch (error) {
    throw explained(error, statement)
  }
}

function unique(names: string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let free = name
    for (let number = 2; taken.has(free); number += 1) free = `${name}_${number}`
    taken.add(free)
    return free
  })
}

function plain(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value
}

const readOnlyTransaction = '25006'
const syntaxError = '42601'

/** PostgreSQL's own words, with the line of the statement and what to do; errors of the connection stay as they are. */
function explained(error: unknown, statement: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || !/^[0-9A-Z]{5}$/.test(String(error.code))) return error
  if (/^(08|53|57P)/.test(String(error.code))) return error
  const hint = 'hint' in error && typeof error.hint === 'string' ? ` ${error.hint}` : ''
  const position = 'position' in error ? Number(error.position) : Number.NaN
  const line = Number.isInteger(position) ? ` (line ${statement.slice(0, position).split('\n').length})` : ''
  return new UserError(`${error.message}${line}.${hint}${adviceFor(error)}`)
}

function adviceFor(error: Error & { code: unknown }): string {
  if (error.code === readOnlyTransaction) return ' This query reads only: nothing was changed.'
  if (error.code === syntaxError && error.message.includes('multiple commands')) return ' Give one statement at a time.'
  return ''
}
