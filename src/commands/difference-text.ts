import { leastErrorWords } from '../recommendation/reasoning/comparison-text.ts'
import { isMeasured, type MeasuredComparison } from '../recommendation/recommendation.ts'
import { counted } from '../shared/counted.ts'
import { count, score, signed, signedInterval } from '../shared/format-number.ts'
import type { ExplainedPair, Explanation } from '../workflows/explanation.ts'

/** From the samples of two models to the mean of their differences and its interval; why a vacant seat was not another's. */
export function differenceText(explanation: Explanation, pair: ExplainedPair): string {
  const { held, challenger, comparison, spread } = pair
  const { samples, better, worse, same, quartiles } = spread
  const lines = [
    `Of ${counted(samples, 'sample')} that both were asked, ${challenger} has the better total on ${count(better)}, ${held} on ${count(worse)}; ${count(same)} are the same.`,
  ]
  if (quartiles !== null) {
    const [lower, middle, upper] = quartiles
    lines.push(
      `Half of the differences lie between ${signed(lower)} and ${signed(upper)} points, the middle one is ${signed(middle)}.`,
    )
  }
  if (comparison !== null && isMeasured(comparison)) lines.push(...meanWords(comparison))
  if (comparison === null) lines.push(vacantSeatWords(explanation, pair))
  if (explanation.evaluation.pooled > 0) {
    lines.push('Answers of all pooled evaluations count; those shown below are of this one.')
  }
  return lines.join('\n')
}

function meanWords({ delta, deltaCi95, clusters, se, seUsed, shrunkDelta }: MeasuredComparison): string[] {
  const scatter = `From how they scatter over ${counted(clusters, 'independent sample')} follows a standard error of ${score(se)}`
  const widened = se < seUsed ? `. ${leastErrorWords(seUsed, clusters)} That gives` : ', and'
  return [
    `Their mean is ${signed(delta)} points. ${scatter}${widened} the 95\u202f% interval ${signedInterval(deltaCi95)}.`,
    ...(delta > 0
      ? [`The best of several is usually lucky, too: expect about ${signed(shrunkDelta)} points in service.`]
      : []),
  ]
}

/** Who took the seat, and why not the one with the next, or with a better total. */
function vacantSeatWords({ analysis, asked: models }: Explanation, { held, challenger }: ExplainedPair): string {
  const [taken, next] = [analysis.models[challenger], analysis.models[held]]
  if (taken === undefined || next === undefined) return 'The seat was vacant.'
  const totals = `${score(next.scores.total)} against ${score(taken.scores.total)}`
  const isBaseline = models.some(({ model, role }) => model === held && role === 'baseline')
  if (isBaseline) return `The seat was vacant: ${held} is the best baseline, which holds no seat (total ${totals}).`
  if (next.scores.total <= taken.scores.total) return `The seat was vacant: ${held} came next (total ${totals}).`
  const lacks = [
    ...(next.accuracy < taken.accuracy
      ? [`its accuracy is ${score(next.accuracy)} against ${score(taken.accuracy)}`]
      : []),
    ...(next.failed > 0 ? [`${count(next.failed)} of its ${counted(next.records, 'call')} failed`] : []),
    ...(next.scores.cost === null ? ['its cost is unknown and counted 0 in the choice'] : []),
  ]
  const why = lacks.length === 0 ? '' : `, but ${lacks.join(', and ')}`
  return `The seat was vacant. ${held} has the better total (${totals})${why}.`
}
