import type { EvaluationRecord } from '../analysis/evaluation-records.ts'
import type { OutcomeMeasures } from '../database/outcome-queries.ts'
import type { LookVerdict } from '../recommendation/challenger-lock.ts'
import { isSameModel, type Witness } from './epoch.ts'
import { type PooledEvaluation, pooledRecords } from './pooled-records.ts'

/** A complete evaluation of the same tier, in the same epoch as far as all models share it. */
export interface EarlierEvaluation extends Witness {
  id: string
  /** Sorts by time. */
  week: string
  incumbent: string | undefined
  /** Models whose records its verdict rested on. */
  judged: ReadonlySet<string>
  /** The looks that it was, and how they ended. */
  looks: readonly Look[]
  /** False when its verdict said that nothing can be concluded from it. */
  isValid: boolean
}

/** One look at a challenger beside the incumbent of its evaluation. */
export interface Look {
  challenger: string
  verdict: LookVerdict
}

/** The records of earlier evaluations that a verdict rests on, too. */
export interface Pool {
  evaluations: PooledEvaluation[]
  records: EvaluationRecord[]
}

/** The evaluation that is decided, and those before it, are together at most so many. */
const pooledAtMost = 8

/** Sorts by time; two evaluations never have the same. */
export function weekOf({ id, startedAt }: { id: string; startedAt: Date }): string {
  return `${startedAt.toISOString()} ${id}`
}

/** The last evaluations of the epoch that may be pooled with one that is decided now. */
export function poolable(earlier: readonly EarlierEvaluation[]): EarlierEvaluation[] {
  return earlier.filter(({ isValid }) => isValid).slice(1 - pooledAtMost)
}

/**
 * What joins the records of an evaluation: of each earlier one of the epoch the models that were judged then and are
 * judged now, as long as they are still the same.
 * @param judged models that are judged now
 * @param measures of all evaluations that are poolable
 */
export function poolHistory(
  now: Witness,
  judged: readonly string[],
  earlier: readonly EarlierEvaluation[],
  measures: readonly OutcomeMeasures[],
  clusterOf: (sampleKey: string) => string | undefined,
): Pool {
  const evaluations = poolable(earlier).flatMap((before): PooledEvaluation[] => {
    const models = judged.filter((name) => before.judged.has(name) && isSameModel(name, before, now)).toSorted()
    return models.length === 0 ? [] : [{ evaluation: before.id, week: before.week, models }]
  })
  return { evaluations, records: pooledRecords(evaluations, measures, clusterOf) }
}

/** How the looks at a pair ended in this epoch, in whichever role the two were, oldest first. */
export function looksAt(
  pair: readonly [string, string],
  now: Witness,
  earlier: readonly EarlierEvaluation[],
): LookVerdict[] {
  return earlier
    .filter((before) => pair.every((name) => isSameModel(name, before, now)))
    .flatMap(({ incumbent, looks }) =>
      looks.filter(({ challenger }) => isPair(pair, incumbent, challenger)).map(({ verdict }) => verdict),
    )
}

/** Runs since a model took the seat that its baseline may be made of, oldest first: at most four. */
export function reignOf(
  incumbent: string,
  heldSince: string | null,
  now: Witness,
  earlier: readonly EarlierEvaluation[],
): EarlierEvaluation[] {
  if (heldSince === null) return []
  return earlier
    .filter(({ week, isValid, judged, ...before }) => {
      const isOwn = before.incumbent === incumbent && judged.has(incumbent)
      return isOwn && isValid && week >= heldSince && isSameModel(incumbent, before, now)
    })
    .slice(0, 4)
}

function isPair([one, other]: readonly [string, string], incumbent: string | undefined, challenger: string): boolean {
  return (incumbent === one && challenger === other) || (incumbent === other && challenger === one)
}
