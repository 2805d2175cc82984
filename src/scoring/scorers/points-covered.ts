import type { JsonValue } from '../../shared/json.ts'
import { targetPointsSchema } from '../../tasks/target-values.ts'
import type { Scorer } from '../scorer.ts'
import { holdsPhrase, wordsOf } from '../word-sequence.ts'

/**
 * Share of the target's points of which any phrasing stands in the answer, as the same words one after the other; case,
 * punctuation, accents and plurals do not count. The answer is a text or a list of texts; a phrasing must stand within one
 * of them. With `limit` only the first so many words of a text, or entries of a list, are read, so that saying everything
 * does not pay. No points against an answer that says nothing is 1, against anything else 0. Other types score 0.
 */
export const pointsCovered: Scorer<'points-covered'> = (target, answer, { limit }) => {
  const points = targetPointsSchema.parse(target)
  const texts = textsOf(answer, limit)
  if (texts === undefined) return 0
  if (points.length === 0) return texts.some((words) => words.length > 0) ? 0 : 1
  const covered = points.filter(({ phrasings }) =>
    phrasings.some((phrasing) => texts.some((words) => holdsPhrase(words, wordsOf(phrasing)))),
  )
  return covered.length / points.length
}

function textsOf(answer: JsonValue, limit: number | undefined): string[][] | undefined {
  if (typeof answer === 'string') return [wordsOf(answer).slice(0, limit)]
  if (!Array.isArray(answer)) return undefined
  return answer.slice(0, limit).map((entry) => (typeof entry === 'string' ? wordsOf(entry) : []))
}
