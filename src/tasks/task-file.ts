import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { contentHash, type JsonValue } from '../shared/json.ts'
import { checkAgainst, type Problem } from '../shared/schema-problems.ts'
import { readYaml, type YamlFile, yamlError } from '../shared/yaml-file.ts'
import { type AliasTable, loadAliasTable } from './alias-table.ts'
import type { OptionReferences } from './scorer-options.ts'
import { scoringSchema } from './scoring-schema.ts'
import type { FieldScoring } from './task.ts'

/** What task.yaml says, with its alias files read. */
export interface TaskFile {
  name: string
  title: string
  description: string
  maxOutputTokens: number
  scoring: FieldScoring[]
  scoringHash: string
  yaml: YamlFile
}

const headSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/, {
    error: ({ input }) => `expected lower-case letters, digits and hyphens, got "${input}"`,
  }),
  title: z.string().min(1),
  description: z.string(),
  maxOutputTokens: z.int().min(1),
  lists: z.record(z.string(), z.array(z.string()).min(2)).optional(),
  aliases: z.string().optional(),
  scoring: z.unknown(),
})

/**
 * Reads task.yaml of a task's folder and the alias files that it names.
 * @throws UserError that lists every problem with its line
 */
export function readTaskFile(folder: string): TaskFile {
  const yaml = readYaml(join(folder, 'task.yaml'))
  const head = checkAgainst(headSchema, yaml.value)
  const { lists, aliases } = head.status === 'valid' ? head.value : {}
  const tables = new Map<string, AliasTable>()
  const fields = checkAgainst(
    z.object({ scoring: scoringSchema(references({ folder, lists: lists ?? {}, aliases, tables })) }),
    yaml.value,
  )
  if (head.status === 'invalid' || fields.status === 'invalid') {
    throw yamlError(yaml, withoutRepeats([...problemsOf(head), ...problemsOf(fields)]))
  }
  const { name, title, description, maxOutputTokens } = head.value
  const { scoring } = fields.value
  const scoringHash = hashOf(head.value.scoring, lists, tables)
  return { name, title, description, maxOutputTokens, scoring, scoringHash, yaml }
}

function references(given: {
  folder: string
  lists: Record<string, string[]>
  aliases: string | undefined
  tables: Map<string, AliasTable>
}): OptionReferences {
  return {
    aliasTable: (name) => {
      const file = name === true ? given.aliases : name
      if (file === undefined || !existsSync(join(given.folder, file))) return undefined
      const table = given.tables.get(file) ?? loadAliasTable(join(given.folder, file))
      given.tables.set(file, table)
      return table
    },
    list: (name) => (Object.hasOwn(given.lists, name) ? given.lists[name] : undefined),
  }
}

/** Over all that decides a score: the fields, the lists and the aliases, not titles or comments. */
function hashOf(scoring: unknown, lists: unknown, tables: ReadonlyMap<string, AliasTable>): string {
  const aliases = Object.fromEntries([...tables].map(([file, table]) => [file, Object.fromEntries(table)]))
  return contentHash({ scoring: scoring as JsonValue, lists: (lists ?? {}) as JsonValue, aliases })
}

function problemsOf(checked: { status: 'valid' } | { status: 'invalid'; problems: Problem[] }): Problem[] {
  return checked.status === 'invalid' ? checked.problems : []
}

/** A file that is no map is a problem of both checks. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()]
}
