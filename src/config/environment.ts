import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { UserError } from '../shared/user-error.ts'

/** Variables by name. An empty one counts as unset wherever the configuration asks for it. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The variables of this process, and below them those of the file `.env` in the working directory: where both have a
 * name, the process's own value wins, an empty one too.
 * @throws UserError when there is a `.env` that cannot be read
 */
export function readEnvironment(cwd: string = process.cwd(), own: Environment = process.env): Environment {
  return { ...readDotEnv(join(cwd, '.env')), ...own }
}

/** The value of a variable; undefined when it is unset or empty. */
export function variable(environment: Environment, name: string): string | undefined {
  const value = environment[name]
  return value === undefined || value.trim() === '' ? undefined : value
}

function readDotEnv(path: string): Environment {
  try {
    return parseEnv(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw new UserError(`Expected ${path} to be a file with lines NAME=value, but it cannot be read: ${String(error)}.`)
  }
}
