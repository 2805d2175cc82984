import * as z from 'zod'
import { checkAgainst, type Problem } from '../shared/schema-problems.ts'
import { readYaml, yamlError } from '../shared/yaml-file.ts'
import { normalText } from './normal-text.ts'

/** Normal form of a spelling → normal form of the name that it stands for. */
export type AliasTable = ReadonlyMap<string, string>

const spelling = z.union([z.string(), z.number().transform(String)])
const aliasFileSchema = z.record(z.string(), z.array(spelling).nullable())

/**
 * Reads an alias file: canonical name → list of other spellings.
 * @throws UserError with the line of every spelling that stands for two names
 */
export function loadAliasTable(path: string): AliasTable {
  const yaml = readYaml(path)
  const checked = checkAgainst(aliasFileSchema, yaml.value ?? {})
  if (checked.status === 'invalid') throw yamlError(yaml, checked.problems)
  const table = new Map<string, string>()
  const problems: Problem[] = []
  for (const [name, spellings] of Object.entries(checked.value)) {
    enter(table, name, { name, path: [name], problems })
    for (const [index, other] of (spellings ?? []).entries()) {
      enter(table, other, { name, path: [name, index], problems })
    }
  }
  if (problems.length > 0) throw yamlError(yaml, problems)
  return table
}

/** The name that a text stands for, in its normal form; the text's own normal form when the table does not have it. */
export function canonicalName(text: string, aliases: AliasTable | undefined): string {
  const normal = normalText(text)
  return aliases?.get(normal) ?? normal
}

function enter(
  table: Map<string, string>,
  text: string,
  { name, path, problems }: { name: string; path: PropertyKey[]; problems: Problem[] },
): void {
  const known = table.get(normalText(text))
  if (known === undefined || known === normalText(name)) table.set(normalText(text), normalText(name))
  else problems.push({ path, message: `"${text}" stands already for "${known}"; a spelling has one name` })
}
