import { counted } from '../../shared/counted.ts'
import type { Evidence } from '../evidence.ts'
import { flipWords, frontWords } from './evidence-text.ts'

/** What the last evidence on a tier shows beside its verdict, a sentence each: for where there is no room for the reasoning. */
export function shownWords({ weightsThatFlip, paretoFront, samplesNeeded }: Evidence, target: string | null): string[] {
  const needed = Object.entries(samplesNeeded).flatMap(([model, each]) =>
    each.status === 'more'
      ? [`${model}: ${counted(each.more, 'more sample')} would show its gain in 8 of 10 cases, if it is real.`]
      : [],
  )
  return [
    ...(weightsThatFlip === null ? [] : [flipWords(weightsThatFlip, target)]),
    ...frontWords(paretoFront),
    ...needed,
  ]
}
