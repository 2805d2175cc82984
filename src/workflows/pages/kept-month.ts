import { listCostDays } from '../../database/cost-queries.ts'
import type { Database } from '../../database/database.ts'
import { firstDayOfProjection, projectMonth } from '../../reporting/cost-projection/project-month.ts'

/** US dollars at list price; unknown is null. */
export interface MonthCosts {
  soFarUsd: number | null
  projectedUsd: number | null
  projectedCi95: [number, number] | null
}

const kept = new WeakMap<Database['db'], { atMs: number; costs: MonthCosts }>()
const keptMs = 60_000

/** What this month costs, summed up at most once a minute: it is the slowest sum of the overview. */
export async function keptMonth(db: Database['db'], now: Date): Promise<MonthCosts> {
  const known = kept.get(db)
  if (known !== undefined && Math.abs(now.getTime() - known.atMs) < keptMs) return known.costs
  const { soFarUsd, projectedUsd, ci95 } = projectMonth(await listCostDays(db, firstDayOfProjection(now)), now)
  const costs = { soFarUsd, projectedUsd, projectedCi95: ci95 }
  kept.set(db, { atMs: now.getTime(), costs })
  return costs
}
