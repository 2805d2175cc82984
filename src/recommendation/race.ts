import { settingsOf } from '../analysis/decision-settings.ts'
import type { DecisionSettings, EvaluationRecord, EvaluationRecords } from '../analysis/evaluation-records.ts'
import { racingChecks } from '../analysis/racing-schedule.ts'
import { isBelow } from '../analysis/statistics/tolerance.ts'
import { createPlannedRecords, type PlannedRecords } from './planned-records.ts'
import { recommend } from './recommend.ts'

/** What a race is run by: what the verdict of the evaluation will be made by, too. */
export interface RaceTerms {
  incumbent: string
  /** In the seeded order in which every model is asked. */
  samples: readonly string[]
  repeats: number
  refs: EvaluationRecords['refs']
  config?: Partial<DecisionSettings> | null | undefined
}

/** Whether a challenger is asked on. The check that decided is told by how much of the plan it had seen. */
export type RacingVerdict =
  | { status: 'go-on' }
  | {
      status: 'drop'
      /** Calls of the challenger that the check rests on: all of the first `samples` samples, `repeats` times each. */
      calls: number
      samples: number
      repeats: number
      /** What is too unlikely to go on for; the margin comes first where both are. */
      reason: 'unlikely_non_inferior' | 'unlikely_better'
      pBetter: number
      pNonInferior: number
    }

/** An evaluation as its racing sees it. */
export interface Race {
  /**
   * Takes a record of the incumbent or of a challenger; of any sample, in any order.
   * @param isProviderFault it failed for a reason of the provider, which says nothing about the model
   */
  note(record: EvaluationRecord, isProviderFault?: boolean): void
  /** Costs nothing unless a check has become due since the last time. */
  verdictOn(challenger: string): RacingVerdict
}

/** With more calls than this share failed for the provider's reason a check decides nothing. */
const toleratedFaults = 0.05

const goOn: RacingVerdict = { status: 'go-on' }

/**
 * Racing (decisions.md section 3): challengers that are too unlikely to win are dropped, nothing else. A check looks at the
 * first calls of the seeded order, once incumbent and challenger have records of all of them, so that records that came
 * early by chance, or an interruption, do not move the place where a challenger stops.
 */
export function startRace(terms: RaceTerms): Race {
  const places = new Map(terms.samples.map((sample, place) => [sample, place]))
  const seen = new Map<string, Progress>()
  const runners = new Map<string, Runner>()
  const checks = racingChecks(terms.samples.length, terms.repeats)
  const note = (record: EvaluationRecord, isProviderFault = false) => {
    const place = places.get(record.item)
    if (place === undefined || record.repeat >= terms.repeats) return
    const progress = entryOf(seen, record.model, () => newProgress(record.model, terms))
    const call = record.repeat * terms.samples.length + place
    progress.records.set(call, record)
    if (isProviderFault) progress.faults.add(call)
  }
  const verdictOn = (challenger: string) => {
    const runner = entryOf(runners, challenger, () => ({ passed: 0, verdict: goOn }))
    const [held, own] = [seen.get(terms.incumbent), seen.get(challenger)]
    if (held === undefined || own === undefined || challenger === terms.incumbent) return runner.verdict
    for (let calls = checks[runner.passed]; calls !== undefined; calls = checks[runner.passed]) {
      if (runner.verdict.status === 'drop' || !has(own, calls) || !has(held, calls)) break
      if (isFair(held, calls) && isFair(own, calls)) {
        runner.verdict = check(terms, calls, [...held.records.first(calls), ...own.records.first(calls)])
      }
      runner.passed += 1
    }
    return runner.verdict
  }
  return { note, verdictOn }
}

/** The verdict on a challenger from all records so far. */
export function racingVerdict(
  terms: RaceTerms,
  challenger: string,
  records: readonly EvaluationRecord[],
): RacingVerdict {
  const race = startRace(terms)
  for (const record of records) race.note(record)
  return race.verdictOn(challenger)
}

/** Records of one model, and how many there are without a gap. */
interface Progress {
  records: PlannedRecords
  complete: number
  /** Places of the calls that failed for the provider's reason. */
  faults: Set<number>
}

function newProgress(model: string, terms: RaceTerms): Progress {
  return { records: createPlannedRecords(model, terms), complete: 0, faults: new Set() }
}

interface Runner {
  /** Checks passed. */
  passed: number
  verdict: RacingVerdict
}

function has(progress: Progress, calls: number): boolean {
  while (progress.records.has(progress.complete)) progress.complete += 1
  return progress.complete >= calls
}

function isFair({ faults }: Progress, calls: number): boolean {
  return [...faults].filter((place) => place < calls).length <= toleratedFaults * calls
}

/** The formulas of the verdict itself, on the records so far. */
function check(terms: RaceTerms, calls: number, records: readonly EvaluationRecord[]): RacingVerdict {
  const { incumbent, refs } = terms
  const config = { ...terms.config, bootstrap: 0 }
  const [comparison] = recommend({ incumbent, refs, config, records }).comparisons
  if (comparison?.state !== 'drop') return goOn
  const { pBetter, pNonInferior } = comparison
  const { futility, tieTol } = settingsOf({ refs, records, config })
  return {
    status: 'drop',
    calls,
    samples: Math.min(calls, terms.samples.length),
    repeats: Math.ceil(calls / terms.samples.length),
    reason: isBelow(pNonInferior, futility, tieTol) ? 'unlikely_non_inferior' : 'unlikely_better',
    pBetter,
    pNonInferior,
  }
}

function entryOf<T>(map: Map<string, T>, key: string, make: () => T): T {
  const entry = map.get(key) ?? make()
  map.set(key, entry)
  return entry
}
