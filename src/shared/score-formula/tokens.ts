import { didYouMean } from '../nearest-word.ts'
import { FormulaProblem } from './formula-problem.ts'

export const terms = ['accuracy', 'speed', 'cost'] as const
export const functions = ['abs', 'exp', 'log', 'log10', 'max', 'min', 'pow', 'sqrt'] as const
const words: readonly string[] = [...terms, ...functions, 'and', 'or', 'not']

export interface Token {
  text: string
  /** Counted from 0. */
  position: number
}

const pattern =
  /\s+|(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|(?<word>[\p{L}_]\w*)|(?<sign><=|>=|[-+*/^(),?:<>])/gu

const refused: Record<string, string> = {
  '[': 'a matrix',
  '{': 'an object',
  '"': 'text',
  "'": 'text',
  '=': 'an assignment or a test for equality',
  ';': 'a second expression',
  '%': 'a percentage or remainder',
}

/**
 * The parts of a formula in their order, each of a kind that a formula may have.
 * @throws FormulaProblem at the first that it may not have
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) throw strange(text, end)
    end = match.index + match[0].length
    const { word } = match.groups ?? {}
    if (word !== undefined && !words.includes(word)) throw unknownName(word, match.index)
    if (match[0].trim() !== '') tokens.push({ text: match[0], position: match.index })
  }
  if (end < text.length) throw strange(text, end)
  if (tokens.length === 0) throw new FormulaProblem('expected a formula, got nothing', 0)
  return tokens
}

/** Whether a token is a number, which may be written in several ways. */
export function isNumber({ text }: Token): boolean {
  return /^[\d.]/.test(text)
}

function strange(text: string, position: number): FormulaProblem {
  const character = String.fromCodePoint(text.codePointAt(position) ?? 0)
  const what = refused[character] ?? JSON.stringify(character)
  return new FormulaProblem(`expected numbers, ${terms.join(', ')}, operators and functions, got ${what}`, position)
}

function unknownName(name: string, position: number): FormulaProblem {
  const expected = `one of ${terms.join(', ')} or a function (${functions.join(', ')})`
  return new FormulaProblem(`expected ${expected}, got the unknown name "${name}"`, position, didYouMean(name, words))
}
