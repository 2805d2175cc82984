import { type Drift, drift, driftSettings } from './drift.ts'
import { driftBaseline, driftMeans, type ItemMeans, meanOfRuns, type WatchedCall } from './drift-means.ts'

/** What a weekly run of an incumbent is watched by. */
export interface Watched {
  run: readonly WatchedCall[]
  /** Of the fresh re-test; empty where none was made. */
  retest: readonly WatchedCall[]
  /** Complete runs since it took the seat, in its epoch, oldest first. */
  earlier: readonly (readonly WatchedCall[])[]
  /** Accuracy below which it must not fall; null for none. */
  floor: number | null
}

/**
 * `unwatched`: there is nothing to hold it against yet. `suspect`: significantly worse, and not tested again.
 * `cleared`: the fresh re-test did not confirm it. `rollback`: it did, and the loss matters. `incident`: too many calls
 * failed for the provider's reason, so that nothing is decided.
 */
export type DriftStatus = 'unwatched' | 'steady' | 'suspect' | 'cleared' | 'rollback' | 'incident'

export interface DriftWatch {
  status: DriftStatus
  /** Whether only a fresh re-test can tell. With fewer runs than a baseline needs there is none: people are told. */
  isRetestDue: boolean
  /** Runs in the baseline; frozen from four on. */
  baselineRuns: number
  /** Against the baseline; null without one. */
  drift: Drift | null
  /** Against the floor; null without one. */
  floor: { accuracy: number; drift: Drift } | null
  /** Calls that failed for the provider's reason, where that decided. */
  incident: { providerFaults: number; calls: number } | null
}

const baselineRunsNeeded = 4

/** Any significant loss below the floor counts: how far an owner lets it fall is the floor itself. */
const floorSettings = { ...driftSettings, leastDrop: 0 }

/** The weekly test of an incumbent: against its own first runs, and against the floor that the owner of the seat has set. */
export function watchIncumbent({ run, retest, earlier, floor }: Watched): DriftWatch {
  const measured = driftMeans(run)
  if (measured.status === 'incident') return incidentOf(measured)
  const again = retest.length === 0 ? undefined : driftMeans(retest)
  if (again?.status === 'incident') return incidentOf(again)
  const runs = earlier.slice(0, baselineRunsNeeded).flatMap((calls) => {
    const before = driftMeans(calls)
    return before.status === 'measured' ? [before.means] : []
  })
  const baseline = driftBaseline(runs) ?? meanOfRuns(runs)
  const isFrozen = runs.length >= baselineRunsNeeded
  const { means } = measured
  // Against a baseline that may still move nothing is decided, whatever a re-test says.
  const lost = baseline === undefined ? null : drift(baseline, means, isFrozen ? again?.means : undefined)
  const below =
    floor === null ? null : { accuracy: floor, drift: drift(level(floor, means), means, again?.means, floorSettings) }
  const isRetestDue = again === undefined && ((isFrozen && lost?.suspect === true) || below?.drift.suspect === true)
  return {
    status: statusOf(lost, below?.drift ?? null, again !== undefined),
    isRetestDue,
    baselineRuns: runs.length,
    drift: lost,
    floor: below,
    incident: null,
  }
}

function statusOf(lost: Drift | null, below: Drift | null, isRetested: boolean): DriftStatus {
  if (lost === null && below === null) return 'unwatched'
  if (lost?.rollback === true || below?.rollback === true) return 'rollback'
  if (lost?.suspect !== true && below?.suspect !== true) return 'steady'
  return isRetested ? 'cleared' : 'suspect'
}

function incidentOf({ providerFaults, calls }: { providerFaults: number; calls: number }): DriftWatch {
  const incident = { providerFaults, calls }
  return { status: 'incident', isRetestDue: false, baselineRuns: 0, drift: null, floor: null, incident }
}

/** The same accuracy for every item. */
function level(accuracy: number, items: ItemMeans): ItemMeans {
  return new Map([...items.keys()].map((item) => [item, accuracy]))
}
