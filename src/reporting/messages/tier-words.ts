import { inReadingOrder } from '../../recommendation/reading-order.ts'
import type { Comparison } from '../../recommendation/recommendation.ts'
import { counted } from '../../shared/counted.ts'
import { confidence, perThousand, score, signed, signedInterval, timeUnit } from '../../shared/format-number.ts'
import type { EvaluationReport, RunReport } from '../cycle-report.ts'
import { costPerThousand, isSimulated } from '../evaluation-charts.ts'
import { verdictParagraphs } from '../verdict-paragraph.ts'
import { verdictWord } from '../verdict-word.ts'
import { cutAt } from './cut-at.ts'

/** A tier in a few words. */
export interface TierWords {
  tier: number
  name: string
  incumbent: string
  /** Switch, Keep, Gather more. */
  verdict: string
  /** `> 99.9 % confident`; undefined: there is none to state. */
  sure: string | undefined
  /** The challenger that the figures are of; undefined: none was compared. */
  challenger: string | undefined
  isSimulated: boolean
  /** Difference in total points, `+7.1`, and its interval, `(+4.6 to +9.6)`. */
  difference: string | undefined
  interval: string | undefined
  /** Speed, cost, and what it means; where nothing was compared, why. */
  details: string[]
  /** Undefined: everything was tested. */
  notTested: string | undefined
}

export function wordsOfTier(evaluation: EvaluationReport): TierWords {
  const { tier, tierName, incumbent, recommendation } = evaluation
  const compared = inReadingOrder(recommendation)[0]
  return {
    tier,
    name: tierName,
    incumbent: incumbent ?? 'vacant',
    verdict: verdictWord(evaluation),
    sure: recommendation.confidence == null ? undefined : `${confidence(recommendation.confidence)} confident`,
    challenger: compared?.model,
    isSimulated: [incumbent, compared?.model].some((model) => model != null && isSimulated(model, evaluation)),
    difference: compared?.delta === undefined ? undefined : signed(compared.delta),
    interval: compared?.deltaCi95 === undefined ? undefined : signedInterval(compared.deltaCi95),
    details: compared === undefined ? [verdictOf(evaluation)] : comparedWords(compared, evaluation),
    notTested: notTestedWords(evaluation),
  }
}

const mostLetters = 240

function verdictOf(evaluation: EvaluationReport): string {
  return cutAt(mostLetters, verdictParagraphs(evaluation).verdict)
}

function comparedWords(compared: Comparison, evaluation: EvaluationReport): string[] {
  const { runs } = evaluation
  const challenger = runs.find(({ model }) => model === compared.model)
  const held = runs.find(({ role }) => role === 'incumbent')
  const between = verdictWord(evaluation) === 'Switch' ? ', was ' : ' against '
  return [
    ...(challenger === undefined || held === undefined
      ? []
      : [timeWords(challenger, held, between), costWords(challenger, held, between)]),
    seenWords(compared),
  ].filter((words) => words !== '')
}

/** `0.79 s, was 1.38 s` */
function timeWords(challenger: RunReport, held: RunReport, between: string): string {
  const [now, before] = [challenger.latencyMs.p50, held.latencyMs.p50]
  if (now === null || before === null) return ''
  const { unit, figure } = timeUnit([now, before])
  return `${figure(now)}\u202f${unit}${between}${figure(before)}\u202f${unit}`
}

/** `$0.31 per 1,000, was $0.41` */
function costWords(challenger: RunReport, held: RunReport, between: string): string {
  return `${perThousand(costPerThousand(challenger))} per 1,000${between}${perThousand(costPerThousand(held))}`
}

/** What so few samples leave open; empty where the difference shows. */
function seenWords({ deltaCi95, mdeTotal80, commonItems, look }: Comparison): string {
  if (deltaCi95 === undefined) return `${counted(commonItems, 'sample')} in common, too few for an interval`
  if (mdeTotal80 === undefined || deltaCi95[0] > 0 || deltaCi95[1] < 0) return ''
  const looked = look === undefined ? '' : `look ${look}; `
  return `${looked}${counted(commonItems, 'sample')} cannot see a gain below ${score(mdeTotal80)} points`
}

const mostReasons = 2

/** `qwen3:8b: no answer from Ollama`; models with the same reason share it. */
function notTestedWords({ skipped }: EvaluationReport): string | undefined {
  if (skipped.length === 0) return undefined
  const reasons = [...Map.groupBy(skipped, ({ reason }) => reason)]
  const words = reasons.slice(0, mostReasons).map(([reason, same]) => {
    const [first] = same
    const others = same.length === 1 ? '' : ` and ${same.length - 1} more`
    return `${first?.model}${others} (${cutAt(120, reason)})`
  })
  const left = reasons.length - words.length
  return `${words.join(', ')}${left === 0 ? '' : `, and for ${counted(left, 'more reason', 'more reasons')}`}`
}
