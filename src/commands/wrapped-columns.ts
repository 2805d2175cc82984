/**
 * Rows of cells beside each other, each wrapped to the width of its column and cut after some lines, so that long texts can
 * be compared. Lines have no trailing spaces.
 */
export function wrappedColumns(
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  mostLines: number,
): string {
  return rows
    .flatMap((row) => {
      const cells = row.map((cell, index) => wrapped(cell, widths[index] ?? 20, mostLines))
      const height = Math.max(...cells.map(({ length }) => length))
      return Array.from({ length: height }, (_, line) =>
        cells
          .map((lines, index) => padded(lines[line] ?? '', widths[index] ?? 20))
          .join('  ')
          .trimEnd(),
      )
    })
    .join('\n')
}

/** Lines of at most `width` characters, broken at spaces where there are some, never between a figure and its unit. */
export function wrapped(text: string, width: number, mostLines = Number.POSITIVE_INFINITY): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/[ \t\n]+/).flatMap((each) => pieces(each, width))) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  lines.push(line)
  if (lines.length <= mostLines) return lines
  const last = lines[mostLines - 1] ?? ''
  return [...lines.slice(0, mostLines - 1), `${last.slice(0, width - 2)} …`]
}

/** A word that is too long is broken behind a point, a dash or an underscore, else anywhere. */
function pieces(word: string, width: number): string[] {
  if (word.length <= width) return [word]
  const start = word.slice(0, width)
  const end = Math.max(...['.', '_', '-', '/'].map((sign) => start.lastIndexOf(sign))) + 1
  const cut = end > width / 3 ? end : width
  return [word.slice(0, cut), ...pieces(word.slice(cut), width)]
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - text.length))
}
