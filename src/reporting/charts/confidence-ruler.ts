import { confidence } from '../../shared/format-number.ts'
import type { Chart } from './chart.ts'
import { bar, disc, label, plainSvg, tick } from './plain-svg.ts'
import { textWidth } from './text-width.ts'
import type { Token } from './tokens.ts'

export interface Certainty {
  /** 0 to 1. */
  probability: number
  /** What this step needs, 0 to 1; null: nothing is to be reached. */
  needed: number | null
  /** Whose confidence it is: of a switch, of keeping the incumbent, or of neither yet. */
  of: 'challenger' | 'incumbent' | 'nobody'
  isSimulated: boolean
}

const size = { width: 280, height: 44 }
const [left, right, lineY] = [7, 273, 14]

/**
 * How sure is it? From 50 to 99.9 % by nines, because a plain scale would hide 97.5 from 99.2. What it says stands in words
 * beside it, so pages hide it from screen readers.
 */
export function confidenceRuler(data: Certainty): Chart {
  const { probability, needed } = data
  const finding = `${confidence(probability)} confident${needed === null ? '' : `; ${neededWords(needed)} is needed`}.`
  const table = {
    titles: ['Confidence', 'Needed'],
    rows: [[confidence(probability), needed === null ? '' : neededWords(needed)]],
    aligns: 'rr',
  }
  const svg = plainSvg(size, finding, parts(data)).replace('<svg ', '<svg aria-hidden="true" ')
  return { svg, finding, table, size }
}

function parts({ probability, needed, of, isSimulated }: Certainty): string[] {
  const roles = { challenger: 'challenger', incumbent: 'ink', nobody: 'ink-3' } as const
  const token: Token = isSimulated ? 'sim' : roles[of]
  const x = toX(probability)
  return [
    bar({ x: left, y: lineY - 1, width: right - left, height: 2, fill: 'line-2' }),
    bar({ x: left, y: lineY - 2, width: x - left, height: 4, fill: token }),
    ...ticks(needed),
    ...(needed === null ? [] : [tick(toX(needed), 3, 27, 'ink', 2)]),
    disc(x, lineY, 6, token),
  ]
}

const scale = [0.5, 0.8, 0.95, 0.99, 0.999]

/** The number that is needed stands in bold, and pushes away a neighbour that it would touch. */
function ticks(needed: number | null): string[] {
  const shown = scale.filter((value) => needed === null || Math.abs(toX(value) - toX(needed)) > 30 || value === needed)
  const plain = shown
    .filter((value) => value !== needed)
    .flatMap((value) => [tick(toX(value), 23, 27, 'line-2'), numberLabel(value, false)])
  return needed === null ? plain : [...plain, numberLabel(needed, true)]
}

function numberLabel(value: number, isBold: boolean): string {
  const text = value === 0.5 ? '50\u202f%' : percent(value)
  const half = textWidth(text, 11.5, isBold ? 600 : 400) / 2
  const x = Math.max(half, Math.min(size.width - half, toX(value)))
  return label(text, x, 39, { anchor: 'middle', weight: isBold ? 600 : 400, fill: isBold ? 'ink' : 'ink-3' })
}

/** By −log10(1 − p); beyond the ends at the ends. */
function toX(probability: number): number {
  const nines = (value: number) => -Math.log10(1 - value)
  const share = (nines(Math.min(0.999, probability)) - nines(0.5)) / (nines(0.999) - nines(0.5))
  return left + Math.max(0, Math.min(1, share)) * (right - left)
}

/** 99.2 %: exact, as it is set and not estimated. */
export function neededWords(needed: number): string {
  return `${percent(needed)}\u202f%`
}

function percent(probability: number): string {
  return String(Number((probability * 100).toFixed(1)))
}
