import { readFileSync } from 'node:fs'
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
} from 'yaml'
import type * as z from 'zod'
import { checkAgainst, type Problem, pathText } from './schema-problems.ts'
import { UserError } from './user-error.ts'

/** The content of a YAML file as plain data, with the lines its parts stand on. */
export interface YamlFile {
  file: string
  value: unknown
  /** 1-based line of the key (or list entry) at a path; of its nearest parent in the file where it is missing. */
  lineOf(path: readonly PropertyKey[]): number
}

/**
 * Reads a YAML file and checks it against a schema.
 * @throws UserError when the file cannot be read or is no YAML, and one that lists every problem with its line.
 */
export function checkedYaml<S extends z.ZodType>(path: string, schema: S): z.output<S> {
  const yaml = readYaml(path)
  const checked = checkAgainst(schema, yaml.value)
  if (checked.status === 'invalid') throw yamlError(yaml, checked.problems)
  return checked.value
}

/** @throws UserError when the file cannot be read or is no YAML. */
export function readYaml(path: string): YamlFile {
  return parseYaml(readText(path), path)
}

/**
 * @param file the name that messages use
 * @throws UserError that lists every place where the text is no YAML (a key that stands twice included).
 */
export function parseYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => `${file}:${lines.linePos(pos[0]).line}: ${message}`)
    throw new UserError(`${file} is not valid YAML.\n${problems.join('\n')}`)
  }
  const resolve = (node: unknown) => (isAlias(node) ? node.resolve(document) : node)
  return {
    file,
    value: plainData(document, file),
    lineOf: (path) => lines.linePos(offsetOf(document.contents, path, resolve)).line,
  }
}

/** One error for all problems of a file, in the order of their lines: `file:line: at a.b: expected …, got …`. */
export function yamlError(yaml: YamlFile, problems: readonly Problem[]): UserError {
  const lines = problems
    .map(({ path, message }) => ({ line: yaml.lineOf(path), text: `at ${pathText(path)}: ${message}` }))
    .sort((a, b) => a.line - b.line)
    .map(({ line, text }) => `${yaml.file}:${line}: ${text}`)
  return new UserError(lines.join('\n'))
}

/** Aliases can point nowhere, unfold without end or hold themselves; each is refused here. */
function plainData(document: Document.Parsed, file: string): unknown {
  try {
    const value: unknown = document.toJS()
    JSON.stringify(value)
    return value
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new UserError(`${file} is not valid YAML.\n${file}: ${reason}`)
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is none' : String(error)
    throw new UserError(`Expected a YAML file at ${path}, but ${reason}.`)
  }
}

function offsetOf(root: ParsedNode | null, path: readonly PropertyKey[], resolve: (node: unknown) => unknown): number {
  let node: unknown = root
  let offset = firstOffset(root)
  for (const key of path) {
    const next = step(resolve(node), key)
    if (next === undefined) break
    offset = firstOffset(next.marker)
    node = next.value
  }
  return offset
}

/** The entry of a map or list: `marker` is what stands for it in the file. */
function step(node: unknown, key: PropertyKey): { marker: unknown; value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
    return pair === undefined ? undefined : { marker: pair.key, value: pair.value }
  }
  if (!isSeq(node)) return undefined
  const item = node.items[Number(key)]
  return item === undefined ? undefined : { marker: item, value: item }
}

function firstOffset(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0
}
