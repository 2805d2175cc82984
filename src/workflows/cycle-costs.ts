import { listCostDays } from '../database/cost-queries.ts'
import { listModels } from '../database/model-queries.ts'
import { spentByCycle } from '../database/run-queries.ts'
import {
  type DailySpend,
  firstDayOfProjection,
  projectMonth,
  weekSpend,
} from '../reporting/cost-projection/project-month.ts'
import type { CycleCosts, ModelCosts } from '../reporting/cycle-report.ts'
import type { Workspace } from './workspace.ts'

/** What a cycle has cost, and where the month stands at that time. */
export async function cycleCosts(
  { config, database: { db } }: Workspace,
  cycleId: string,
  now: Date,
): Promise<CycleCosts> {
  const spend = await listCostDays(db, firstDayOfProjection(now))
  const { soFarUsd, projectedUsd, ci95 } = projectMonth(spend, now)
  const kinds = new Map((await listModels(db)).map(({ name, providerKind }) => [name, providerKind]))
  const models = [...Map.groupBy(spend, ({ model }) => model)].map(([model, own]) => {
    return { model, isSimulated: kinds.get(model) === 'simulated', ...costsOfModel(own, now) }
  })
  return {
    spentUsd: await spentByCycle(db, cycleId),
    month: now.toISOString().slice(0, 7),
    monthUsdSoFar: soFarUsd,
    monthUsdProjected: projectedUsd,
    monthCi95: ci95,
    budgetUsd: config.budget.monthUsd ?? null,
    models: models.filter(({ model }) => kinds.get(model) !== 'rules').toSorted(dearestFirst),
  }
}

function costsOfModel(spend: readonly DailySpend[], now: Date): Omit<ModelCosts, 'model' | 'isSimulated'> {
  const { soFarUsd, projectedUsd } = projectMonth(spend, now)
  return {
    weekUsd: {
      test: weekSpend(spend, 'test', now),
      live: weekSpend(spend, 'live', now),
      shadow: weekSpend(spend, 'shadow', now),
    },
    monthUsdSoFar: projectedUsd === null ? null : soFarUsd,
    monthUsdProjected: projectedUsd,
  }
}

function dearestFirst(one: ModelCosts, other: ModelCosts): number {
  return (other.monthUsdProjected ?? 0) - (one.monthUsdProjected ?? 0) || one.model.localeCompare(other.model)
}
