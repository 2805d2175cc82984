import { isJsonObject } from '../shared/json.ts'
import type { Problem } from '../shared/schema-problems.ts'

const databaseUrl = ['database', 'url'] as const

/**
 * Where the file may name a secret; `*` stands for any key. An address may stand in the file as long as it has no
 * password; a token may not.
 */
const secretPaths = [
  { path: databaseUrl, kind: 'address' },
  { path: ['providers', '*', 'apiKey'], kind: 'token' },
  { path: ['reports', 'slack', 'token'], kind: 'token' },
  { path: ['reports', 'email', 'smtp'], kind: 'address' },
] as const

/**
 * Whether a text counts as absent when its variable is unset. The address of the database does not: everything would be kept
 * in another database than the file says.
 */
export function isOptionalSecret(path: readonly PropertyKey[]): boolean {
  return !isDatabaseUrl(path) && secretPaths.some((secret) => matches(secret.path, path))
}

export function isDatabaseUrl(path: readonly PropertyKey[]): boolean {
  return matches(databaseUrl, path)
}

/** The secrets that stand in the file itself. The messages do not show them. */
export function literalSecrets(value: unknown): Problem[] {
  return secretPaths.flatMap(({ path, kind }) =>
    textsAt(value, path, []).flatMap((found) => (isLiteral(kind, found.text) ? [refusal(found.path)] : [])),
  )
}

function matches(pattern: readonly string[], path: readonly PropertyKey[]): boolean {
  return pattern.length === path.length && pattern.every((part, index) => part === '*' || part === path[index])
}

function textsAt(value: unknown, pattern: readonly string[], path: string[]): { path: string[]; text: string }[] {
  const [first, ...rest] = pattern
  if (first === undefined) return typeof value === 'string' ? [{ path, text: value }] : []
  if (!isJsonObject(value)) return []
  const keys = first === '*' ? Object.keys(value) : [first]
  return keys.flatMap((key) => textsAt(value[key], rest, [...path, key]))
}

function isLiteral(kind: 'address' | 'token', text: string): boolean {
  if (kind === 'token') return !/^\$\{[A-Za-z_]\w*(:-)?\}$/.test(text)
  const passwords = [...text.matchAll(/\/\/[^/\s:@]*:([^@]*)@|[?&]password=([^&]*)/gi)].map(
    (found) => found[1] ?? found[2],
  )
  return passwords.some((password) => !/^\$\{[A-Za-z_]\w*\}$/.test(password ?? ''))
}

function refusal(path: string[]): Problem {
  return {
    path,
    message: `expected \${NAME}, as secrets come only from the environment or from .env; got a literal value, not shown here`,
  }
}
