import { wrapped } from './wrapped-columns.ts'

/** Prose in lines of at most `width` characters; what follows the mark of a list stands under it. */
export function filled(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => filledLine(line, width))
    .join('\n')
}

function filledLine(line: string, width: number): string[] {
  if (!line.startsWith('- ')) return wrapped(line, width)
  return wrapped(line.slice(2), width - 2).map((part, index) => `${index === 0 ? '- ' : '  '}${part}`)
}
