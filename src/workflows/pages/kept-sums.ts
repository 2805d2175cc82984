import { listCostDays } from '../../database/cost-queries.ts'
import type { Database } from '../../database/database.ts'
import { type LiveTotals, liveTotals } from '../../database/live-total-queries.ts'
import { firstDayOfProjection, projectMonth } from '../../reporting/cost-projection/project-month.ts'

/** The slowest sums of the overview. */
export interface KeptSums {
  month: MonthCosts
  /** Of the last seven days. */
  live: LiveTotals
}

/** US dollars at list price; unknown is null. */
export interface MonthCosts {
  soFarUsd: number | null
  projectedUsd: number | null
  projectedCi95: [number, number] | null
}

const kept = new WeakMap<Database['db'], { atMs: number; sums: KeptSums }>()
const keptMs = 60_000
const weekMs = 7 * 86_400_000

/** What this month costs and the last days had to answer, summed up at most once a minute. */
export async function keptSums(db: Database['db'], now: Date): Promise<KeptSums> {
  const known = kept.get(db)
  if (known !== undefined && Math.abs(now.getTime() - known.atMs) < keptMs) return known.sums
  const { soFarUsd, projectedUsd, ci95 } = projectMonth(await listCostDays(db, firstDayOfProjection(now)), now)
  const live = await liveTotals(db, new Date(now.getTime() - weekMs))
  const sums: KeptSums = { month: { soFarUsd, projectedUsd, projectedCi95: ci95 }, live }
  kept.set(db, { atMs: now.getTime(), sums })
  return sums
}
