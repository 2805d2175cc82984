import { type Figure, type FigureMarks, figuresIn } from './figures.ts'
import { phraseIndex, termIndex } from './find-terms.ts'
import { matchPhrases, type PhraseIndex } from './phrases.ts'
import type { Reading, Sentence } from './read-text.ts'
import type { AmountKnowledge } from './rules-schema.ts'

/** An amount of money, or a range of it, as it is stated. */
export interface Amount {
  min: number | null
  max: number | null
  currency: string
  period: string | null
}

/** Gives the amount that is most likely meant; undefined when there is none. */
export type AmountFinder = (readings: readonly Reading[]) => Amount | undefined

/** Words around an amount that belong to it. */
const nearWords = 4
const periodWords = 8

interface Compiled {
  marks: FigureMarks
  ranges: ReadonlySet<string>
  periods: PhraseIndex<string>
  upTo: PhraseIndex<string>
  from: PhraseIndex<string>
  prefer: PhraseIndex<string>
  avoid: PhraseIndex<string>
}

/** One figure with a currency, or two that make a range. */
interface Candidate {
  low: Figure
  high: Figure
  currency: string
  sentence: Sentence
  isAboutPay: boolean
}

/** Compiles what is known of amounts once for all texts. */
export function compileAmountFinder(knowledge: AmountKnowledge): AmountFinder {
  const compiled: Compiled = {
    marks: { currencies: currencyMarks(knowledge.currencies), thousands: knowledge.thousands },
    ranges: new Set(knowledge.ranges),
    periods: termIndex(knowledge.periods),
    upTo: phraseIndex(knowledge.upTo),
    from: phraseIndex(knowledge.from),
    prefer: phraseIndex(knowledge.prefer),
    avoid: phraseIndex(knowledge.avoid),
  }
  return (readings) => {
    const candidates = readings.flatMap((reading) =>
      reading.sentences.flatMap((sentence) => candidatesIn(reading, sentence, compiled)),
    )
    const best = mostLikely(candidates, compiled)
    return best === undefined ? undefined : amountFrom(best, compiled)
  }
}

function currencyMarks(currencies: AmountKnowledge['currencies']): FigureMarks['currencies'] {
  return Object.entries(currencies)
    .flatMap(([code, marks]) => marks.map((mark) => [mark.toLowerCase(), code] as const))
    .sort(([a], [b]) => b.length - a.length)
}

function candidatesIn({ plain }: Reading, sentence: Sentence, { marks, ranges, prefer }: Compiled): Candidate[] {
  const figures = figuresIn(plain.slice(sentence.start, sentence.end), sentence.start, marks)
  const isAboutPay = figures.length > 0 && matchPhrases(prefer, sentence.words).length > 0
  const candidates: Candidate[] = []
  let upperEnd: Figure | undefined
  for (const [at, low] of figures.entries()) {
    if (low === upperEnd) continue
    const next = figures[at + 1]
    const isRange = next !== undefined && ranges.has(plain.slice(low.end, next.start).trim().toLowerCase())
    upperEnd = isRange ? next : undefined
    const high = upperEnd ?? low
    const currency = low.currency ?? high.currency
    if (currency !== undefined) candidates.push({ low, high, currency, sentence, isAboutPay })
  }
  return candidates
}

function mostLikely(candidates: readonly Candidate[], compiled: Compiled): Candidate | undefined {
  let best: { candidate: Candidate; likelihood: number } | undefined
  for (const candidate of candidates) {
    const likelihood = likelihoodOf(candidate, compiled)
    if (likelihood >= 0 && likelihood > (best?.likelihood ?? -1)) best = { candidate, likelihood }
  }
  return best?.candidate
}

/** Points: a sentence about pay 2, a range 1, a stated period 1, a word beside it that speaks against it −4. */
function likelihoodOf(candidate: Candidate, compiled: Compiled): number {
  const { low, high, isAboutPay } = candidate
  const around = [...wordsBefore(candidate, nearWords), ...wordsBehind(candidate, nearWords)]
  return (
    (isAboutPay ? 2 : 0) +
    (low === high ? 0 : 1) +
    (periodOf(candidate, compiled) === null ? 0 : 1) -
    (matchPhrases(compiled.avoid, around).length > 0 ? 4 : 0)
  )
}

function amountFrom(candidate: Candidate, compiled: Compiled): Amount {
  const { low, high, currency } = candidate
  const period = periodOf(candidate, compiled)
  // "68–84k" means thousands on both sides.
  const min = high.isThousands && !low.isThousands && low.value < 1000 ? low.value * 1000 : low.value
  const before = wordsBefore(candidate, nearWords)
  const isOpenBelow = low === high && matchPhrases(compiled.upTo, before).length > 0
  const isOpenAbove = low === high && !isOpenBelow && matchPhrases(compiled.from, before).length > 0
  return { min: isOpenBelow ? null : min, max: isOpenAbove ? null : high.value, currency, period }
}

/** The period named next behind the amount, else the last one before it. */
function periodOf(candidate: Candidate, { periods }: Compiled): string | null {
  const behind = matchPhrases(periods, wordsBehind(candidate, periodWords))[0]
  const before = matchPhrases(periods, wordsBefore(candidate, nearWords)).at(-1)
  return behind?.meaning ?? before?.meaning ?? null
}

function wordsBefore({ low, sentence }: Candidate, count: number): Sentence['words'] {
  return sentence.words.filter(({ end }) => end <= low.start).slice(-count)
}

function wordsBehind({ high, sentence }: Candidate, count: number): Sentence['words'] {
  return sentence.words.filter(({ start }) => start >= high.end).slice(0, count)
}
