import { textWidth } from './text-width.ts'

/** Text in lines that fit, broken between words; what does not fit into the last line ends in an ellipsis. */
export function wrapped(
  text: string,
  { widthPx, sizePx, weight }: { widthPx: number; sizePx: number; weight: number },
  mostLines: number,
): string[] {
  const fits = (line: string) => textWidth(line, sizePx, weight) <= widthPx
  const lines: string[] = []
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`
    if (lines.length === 0 || !fits(longer)) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  if (lines.length <= mostLines) return lines
  let last = lines.slice(mostLines - 1).join(' ')
  while (!fits(`${last}…`)) last = last.slice(0, -1)
  return [...lines.slice(0, mostLines - 1), `${last.trimEnd()}…`]
}
