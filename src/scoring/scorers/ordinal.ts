import type { JsonValue } from '../../shared/json.ts'
import { normalText } from '../../tasks/normal-text.ts'
import { numberFrom } from '../../tasks/number-from.ts'
import type { Scorer } from '../scorer.ts'

/**
 * max(0, 1 − |answer − target| ÷ `span`): full for the same level, nothing from `span` levels away. Levels are numbers, or
 * words by their place in `levels`. What is no number, or none of the levels, scores 0.
 */
export const ordinal: Scorer<'ordinal'> = (target, answer, { span, levels }) => {
  const expected = levelOf(target, levels)
  const given = levelOf(answer, levels)
  if (expected === undefined || given === undefined) return 0
  return Math.max(0, 1 - Math.abs(given - expected) / span)
}

/** A level as a number: itself, or the place of a word in `levels`; undefined when it is none. */
export function levelOf(value: JsonValue, levels: readonly string[] | undefined): number | undefined {
  if (levels === undefined) return numberFrom(value)
  if (typeof value !== 'string') return undefined
  const place = levels.map(normalText).indexOf(normalText(value))
  return place === -1 ? undefined : place
}
