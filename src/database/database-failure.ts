import { WorkFailed } from '../shared/work-failed.ts'

/**
 * What a person is told when the database itself fails, and not what was asked of it: no room left, the connection lost,
 * the server shut down.
 * @returns undefined for every other error
 */
export function databaseFailure(error: unknown): WorkFailed | undefined {
  const reason = reasonOf(error)
  if (reason === undefined) return undefined
  return new WorkFailed(
    `The database failed: ${reason}. What was stored before stays. Mend that and run the command again; a cycle that was cut off goes on with: npx incumbent resume`,
    { cause: error },
  )
}

/** Classes of SQLSTATE: connection, resources, operator's intervention, system. */
const classes = /^(08|53|57P|58)/
/** A server that cannot be reached, as Node.js says it; providers have errors of their own for that. */
const unreachable = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/
/** These have no code. */
const lostConnection =
  /^Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable|connection that held the lock|^The embedded database ended by itself/

function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return fileProblem(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const isOfDatabase = classes.test(code) || unreachable.test(code) || lostConnection.test(error.message)
  return isOfDatabase ? (error.message || code).replace(/\.$/, '') : undefined
}

/** Numbers of WASI, in which the file system of the embedded database speaks. */
const fileProblems: Readonly<Record<number, string>> = {
  2: 'no permission to write there',
  51: 'no space left on the device',
  69: 'the file system is read-only',
}

/** PGlite throws these as plain objects. */
function fileProblem(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('errno' in error) || typeof error.errno !== 'number') {
    return undefined
  }
  return fileProblems[error.errno] ?? `file error ${error.errno}`
}
