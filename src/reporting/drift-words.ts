import type { Drift, DriftTest } from '../rollout/drift.ts'
import type { DriftWatch } from '../rollout/watch-incumbent.ts'
import { counted, countedOf } from '../shared/counted.ts'
import { confidence, rate, signed } from '../shared/format-number.ts'

/** What the weekly test of an incumbent says, in a sentence or two; what follows from it is not said. */
export function driftWords(watch: DriftWatch, incumbent: string): string {
  if (watch.incident !== null) {
    const { providerFaults, calls } = watch.incident
    return `Drift of ${incumbent}: not decided, because ${countedOf(providerFaults, calls, 'call')} (${rate(providerFaults / calls)}) failed for a reason of its provider.`
  }
  const parts = [
    ...(watch.drift === null ? [] : [lossWords(watch.drift, `the mean of ${runsWords(watch.baselineRuns)}`)]),
    ...(watch.floor === null ? [] : [lossWords(watch.floor.drift, `its floor of ${watch.floor.accuracy}`)]),
  ]
  return [`Drift of ${incumbent}: ${endings[watch.status]}.`, ...parts].join(' ')
}

const endings: Record<DriftWatch['status'], string> = {
  unwatched: 'there is nothing to hold it against yet',
  steady: 'none',
  suspect: 'it looks worse, which one run alone does not prove',
  cleared: 'it looked worse, and a fresh re-test did not confirm it',
  rollback: 'it has become worse, and a fresh re-test confirms it',
  incident: 'not decided',
}

function runsWords(runs: number): string {
  return runs === 4 ? 'its first four runs' : `its ${counted(runs, 'run')} so far`
}

function lossWords({ run, retest }: Drift, against: string): string {
  const again = retest === undefined ? '' : `; in the re-test ${testWords(retest)}`
  return `Accuracy against ${against}: ${testWords(run)}${again}.`
}

function testWords({ drop, p, n }: DriftTest): string {
  if (drop === null) return 'nothing in common'
  const chance =
    p === null
      ? `${counted(n, 'sample')} ${n === 1 ? 'is' : 'are'} too few for a test`
      : `${confidence(p)} likely by chance`
  return `${signed(-drop)} points (${chance})`
}
