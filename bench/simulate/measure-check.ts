import { mean } from '../../src/analysis/statistics/mean.ts'
import { quantile } from '../../src/analysis/statistics/quantile.ts'
import type { AcceptanceCheck } from './acceptance-checks.ts'
import type { Observation } from './scenario.ts'

/** A line of the acceptance table with what was measured. */
export interface MeasuredCheck extends AcceptanceCheck {
  runs: number
  /** Null when no run observed it. */
  measured: number | null
  naiveMeasured: number | null
  /** The limit with the slack of so few runs; the limit itself in the full form. */
  bound: number
  passed: boolean
}

/** Standard errors by which a short form may miss a limit. */
const slackErrors = 3

/** @param isShort few runs: limits get a slack of 3 standard errors */
export function measureCheck(
  check: AcceptanceCheck,
  observations: readonly Observation[],
  isShort: boolean,
): MeasuredCheck {
  const values = valuesOf(observations, check.observation)
  const naive = check.naive === undefined ? [] : valuesOf(observations, check.naive)
  const measured = statisticOf(check, values)
  const slack = isShort ? slackErrors * standardErrorOf(check, values) : 0
  const bound = 'atMost' in check.accept ? check.accept.atMost + slack : check.accept.atLeast - slack
  const passed = measured !== null && ('atMost' in check.accept ? measured <= bound : measured >= bound)
  return { ...check, runs: values.length, measured, naiveMeasured: mean(naive) ?? null, bound, passed }
}

function valuesOf(observations: readonly Observation[], key: string): number[] {
  return observations.flatMap((observation) => observation[key] ?? [])
}

function statisticOf({ statistic }: AcceptanceCheck, values: readonly number[]): number | null {
  const value =
    statistic === 'median'
      ? quantile(
          values.toSorted((a, b) => a - b),
          0.5,
        )
      : mean(values)
  return value ?? null
}

/** Of a share as if it were exactly at its limit, so that a lucky draw without any spread has its slack too. */
function standardErrorOf({ statistic, accept }: AcceptanceCheck, values: readonly number[]): number {
  const limit = 'atMost' in accept ? accept.atMost : accept.atLeast
  if (statistic === 'share') return Math.sqrt((limit * (1 - limit)) / values.length)
  const centre = mean(values) ?? 0
  const variance = mean(values.map((value) => (value - centre) ** 2)) ?? 0
  return Math.sqrt(variance / values.length)
}
