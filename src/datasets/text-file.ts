import { readFileSync } from 'node:fs'
import { UserError } from '../shared/user-error.ts'

/**
 * The text of a file in UTF-8, without a byte order mark.
 * @throws UserError when there is none, or when it is not UTF-8
 */
export function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    throw new UserError(`${path}: ${reasonOf(error)}`)
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'expected a file here, but there is none.'
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'expected text in UTF-8, got other bytes: save it as UTF-8.'
  return error instanceof Error ? error.message : String(error)
}
