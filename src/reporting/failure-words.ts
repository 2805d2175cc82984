import { count } from '../shared/format-number.ts'
import type { FailureReport } from './cycle-report.ts'

/** Failed calls by kind, what only the provider is the reason of apart: `2 malformed; provider: 1 overloaded`. */
export function failureWords(failures: readonly FailureReport[], model: string): string {
  const own = failures.filter((failure) => failure.model === model)
  return [
    kinds(own.filter(({ isOfProvider }) => !isOfProvider)),
    kinds(
      own.filter(({ isOfProvider }) => isOfProvider),
      'provider: ',
    ),
  ]
    .filter((words) => words !== '')
    .join('; ')
}

function kinds(failures: readonly FailureReport[], title = ''): string {
  return failures.length === 0 ? '' : title + failures.map(({ kind, calls }) => `${count(calls)} ${kind}`).join(', ')
}
