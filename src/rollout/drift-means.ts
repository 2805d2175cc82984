import { mean } from '../analysis/statistics/mean.ts'

/** Item → mean accuracy, 0 to 100. */
export type ItemMeans = ReadonlyMap<string, number>

/** One call of a run that watches the incumbent. */
export interface WatchedCall {
  item: string
  /** 0 to 100; 0 for an answer that was empty, blocked, unparsable or too late. */
  accuracy: number
  /** Failed for a reason of the provider, such as a quota: it says nothing about the model. */
  isProviderFault: boolean
}

export type WatchedRun =
  | { status: 'measured'; means: ItemMeans }
  /** Too many calls failed for the provider's reason: nothing is decided, people are told. */
  | { status: 'incident'; providerFaults: number; calls: number }

const toleratedFaults = 0.05
const baselineRuns = 4

/** Item means of a run for the drift test, without the calls that the provider is to blame for. */
export function driftMeans(calls: readonly WatchedCall[]): WatchedRun {
  const counted = calls.filter(({ isProviderFault }) => !isProviderFault)
  const providerFaults = calls.length - counted.length
  if (counted.length === 0 || providerFaults > toleratedFaults * calls.length) {
    return { status: 'incident', providerFaults, calls: calls.length }
  }
  return { status: 'measured', means: meansByItem(counted.map(({ item, accuracy }) => [item, accuracy])) }
}

/**
 * What drift is measured against: per item, the mean of the first four complete runs made after the switch, frozen from
 * then on. The runs that won the seat are too high, and a rolling window follows a slow decline (decisions.md section 0).
 * @param runs complete ones since the switch, oldest first
 * @returns undefined until there are four: until then drift can only be shown
 */
export function driftBaseline(runs: readonly ItemMeans[]): ItemMeans | undefined {
  return runs.length < baselineRuns ? undefined : meanOfRuns(runs.slice(0, baselineRuns))
}

/** Per item, the mean of its means; undefined for no runs. */
export function meanOfRuns(runs: readonly ItemMeans[]): ItemMeans | undefined {
  return runs.length === 0 ? undefined : meansByItem(runs.flatMap((run) => [...run]))
}

function meansByItem(values: readonly (readonly [string, number])[]): ItemMeans {
  const byItem = Map.groupBy(values, ([item]) => item)
  return new Map([...byItem].map(([item, own]) => [item, mean(own.map(([, value]) => value)) ?? 0]))
}
