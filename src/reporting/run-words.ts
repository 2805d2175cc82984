import { count, money, score } from '../shared/format-number.ts'
import type { FailureReport, RunReport } from './cycle-report.ts'
import { failureWords } from './failure-words.ts'

const setAside: readonly RunReport['status'][] = ['dropped', 'locked', 'invalid', 'failed']

/** What a model was in an evaluation; one that was asked and not compared says why. */
export function roleWords({ role, status }: RunReport): string {
  return setAside.includes(status) ? `${role}, ${status}` : role
}

/** The cost of a run; of one without an answer it is not the price that is unknown. */
export function costWords({ costUsd, scored }: RunReport): string {
  return costUsd === null && scored === 0 ? '' : money(costUsd)
}

/** A score of a run; a run that is not judged has none. */
export function scoreWords(value: number | null): string {
  return value === null ? 'not judged' : score(value)
}

/** A total without cost cannot be held against one with it, and stands in brackets. */
export function totalWords({ total, cost }: RunReport['scores']): string {
  if (total === null) return ''
  return cost === null ? `(${score(total)})` : score(total)
}

export function accuracyWords({ accuracy, accuracyCi95 }: RunReport): string {
  return accuracy === null || accuracyCi95 === null
    ? scoreWords(accuracy)
    : `${score(accuracy)} (${score(accuracyCi95[0])} to ${score(accuracyCi95[1])})`
}

/** `0 of 100`, or with the kinds: `2 of 100: 2 malformed`. */
export function failedWords({ model, failed, asked }: RunReport, all: readonly FailureReport[]): string {
  const calls = Object.values(failed).reduce((sum, times) => sum + times, 0)
  return `${count(calls)} of ${count(asked)}${calls === 0 ? '' : `: ${failureWords(all, model)}`}`
}

/** What runs have cost together: $0.20 at list price; models of unknown price are named and not counted. */
export function testCostWords(runs: readonly RunReport[]): string {
  const known = runs.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)
  const unpriced = new Set(
    runs.filter(({ costUsd, scored }) => costUsd === null && scored > 0).map(({ model }) => model),
  )
  const without = unpriced.size === 0 ? '' : `, without ${[...unpriced].join(', ')}: price unknown`
  return `${money(known)} at list price${without}`
}
