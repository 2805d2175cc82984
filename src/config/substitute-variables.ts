import type { Problem } from '../shared/schema-problems.ts'
import { type Environment, variable } from './environment.ts'
import { isDatabaseUrl, isOptionalSecret } from './secret-paths.ts'

export interface Substituted {
  /** The value with its variables filled in. Keys without a value are left out: a section may be all comments. */
  value: unknown
  problems: Problem[]
}

type Path = readonly PropertyKey[]

/**
 * Fills in `${NAME}` and `${NAME:-default}` in every text. An unset variable is a problem, except in a key, a token or the
 * address of a mail server, which is then absent: one file serves machines with and without the key.
 */
export function substituteVariables(raw: unknown, environment: Environment): Substituted {
  const problems: Problem[] = []

  function filled(value: unknown, path: Path): unknown {
    if (typeof value === 'string') return filledText(value, path)
    if (Array.isArray(value)) return value.map((inner, index) => filled(inner, [...path, index]))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([key, inner]) => [key, filled(inner, [...path, key])] as const)
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined && inner !== null))
  }

  function filledText(text: string, path: Path): string | undefined {
    if (!hasVariable(text)) return text
    const result = fillText(text, environment)
    if (result.status === 'filled') return result.text
    if (result.status === 'malformed') {
      problems.push({ path: [...path], message: `expected \${NAME} or \${NAME:-default}, got another use of \${` })
      return text
    }
    if (isOptionalSecret(path)) return undefined
    problems.push({ path: [...path], message: unsetMessage(result.name, path) })
    return text
  }

  return { value: filled(raw, []), problems }
}

/** Whether a text of the file takes something from the environment, or tries to. */
export function hasVariable(text: string): boolean {
  return /\$\{/.test(text)
}

type Filled = { status: 'filled'; text: string } | { status: 'unset'; name: string } | { status: 'malformed' }

const reference = /\$\{([A-Za-z_]\w*)(?::-([^{}]*))?\}/g

function fillText(text: string, environment: Environment): Filled {
  if (hasVariable(text.replace(reference, ''))) return { status: 'malformed' }
  let unset: string | undefined
  const filled = text.replace(reference, (_whole, name: string, fallback?: string) => {
    const value = variable(environment, name) ?? fallback
    if (value === undefined) unset ??= name
    return value ?? ''
  })
  return unset === undefined ? { status: 'filled', text: filled } : { status: 'unset', name: unset }
}

function unsetMessage(name: string, path: Path): string {
  const otherwise = isDatabaseUrl(path) ? 'url: none for the embedded database' : `\${${name}:-default}`
  return `expected the environment variable ${name} to be set, got nothing; set it in .env or write ${otherwise}`
}
