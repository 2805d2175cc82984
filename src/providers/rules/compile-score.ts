import { compileTermFinder } from './find-terms.ts'
import type { InputReader } from './read-input.ts'
import type { Score } from './rules-schema.ts'

/** Adds the points of every indicator that the input shows; each counts once. */
export function compileScore(score: Score, fields: readonly string[]): (input: InputReader) => number {
  const indicators = score.indicators.map(({ points, any, denied }) => ({
    points,
    find: compileTermFinder({ indicator: any }, 'phrases', denied),
  }))
  return (input) => {
    const readings = input(score.read ?? fields)
    const sum = indicators
      .filter(({ find }) => find(readings).length > 0)
      .reduce((total, { points }) => total + points, score.start)
    return Math.min(score.max ?? sum, Math.max(score.min ?? sum, sum))
  }
}
