import { join } from 'node:path'
import { readText } from '../datasets/text-file.ts'
import { writeAtomically } from '../datasets/write-atomically.ts'
import { UserError } from '../shared/user-error.ts'
import { datasetTables, type FigureTable, type TableKind, tableKinds } from './dataset-tables.ts'

const place = /<!-- generated: (\S+) (\S+) -->\n[\s\S]*?<!-- end of generated -->/g

/**
 * The README of a dataset with every generated table as it should be. A table stands between the two lines
 * `<!-- generated: samples v1 -->` and `<!-- end of generated -->`; everything else stays as it is.
 * @throws UserError when a line names a table or a version that does not exist, or when there is no such line
 */
export async function currentReadme(folder: string): Promise<{ path: string; before: string; after: string }> {
  const path = join(folder, 'README.md')
  const before = readText(path)
  const places = [...before.matchAll(place)].map(([text, kind = '', version = '']) => ({ text, kind, version }))
  if (places.length === 0) {
    throw new UserError(
      `${path}: expected a place for a table, two lines such as <!-- generated: samples v1 --> and <!-- end of generated -->.`,
    )
  }
  let after = before
  const known = new Map<string, Record<TableKind, FigureTable>>()
  for (const { text, kind, version } of places) {
    const tables = known.get(version) ?? (await datasetTables(folder, version))
    known.set(version, tables)
    after = after.replace(text, () => filled(path, kind, version, tables))
  }
  return { path, before, after }
}

/** @returns whether anything was out of date */
export async function writeReadme(folder: string): Promise<{ path: string; isChanged: boolean }> {
  const { path, before, after } = await currentReadme(folder)
  if (before !== after) writeAtomically(path, after)
  return { path, isChanged: before !== after }
}

export function markdownTable({ columns, rows }: FigureTable): string {
  if (rows.length === 0) return 'Nothing yet.'
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(columns), `|${columns.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}

function filled(path: string, kind: string, version: string, tables: Record<TableKind, FigureTable>): string {
  const known = tableKinds.find((each) => each === kind)
  if (known === undefined) {
    throw new UserError(`${path}: expected one of the tables ${tableKinds.join(', ')}, got "${kind}".`)
  }
  return `<!-- generated: ${kind} ${version} -->\n${markdownTable(tables[known])}\n<!-- end of generated -->`
}
