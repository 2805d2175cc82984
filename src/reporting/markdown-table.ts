/** A table of Markdown; `aligns` has one letter a column, `r` for right. Cells are plain text. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[], aligns: string): string {
  const cells = (row: readonly string[]) => `| ${row.map(escaped).join(' | ')} |`
  const rule = `| ${aligns
    .split('')
    .map((align) => (align === 'r' ? '---:' : '---'))
    .join(' | ')} |`
  return [cells(titles), rule, ...rows.map(cells)].join('\n')
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll(/\r?\n/g, ' ')
}
