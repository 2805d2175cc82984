import { estimatedMoney, perThousand } from '../../shared/format-number.ts'
import type { BudgetStanding, CostProjection, Estimate, ModelProjection } from './cost-projection.ts'
import { differenceWords } from './projection-words.ts'

/** What the requests cost with each model, as text; a letter a column says on which side it stands. */
export function projectionTable(projection: CostProjection) {
  const { tokens, models, budgetUsdPerMonth } = projection
  const level = tokens === 'given' ? '' : ' (95\u202f%)'
  const budget = budgetUsdPerMonth === null ? [] : ['budget']
  return {
    titles: [
      'model',
      'per 1,000',
      'today',
      `30 days${level}`,
      `365 days${level}`,
      '30 days, against the seat',
      ...budget,
    ],
    rows: models.map((model) => rowOf(model, projection)),
    aligns: `lrrrrl${budget.length === 0 ? '' : 'l'}`,
  }
}

function rowOf(model: ModelProjection, { budgetUsdPerMonth, from }: CostProjection): string[] {
  const { costUsd, budget } = model
  const standing = budgetUsdPerMonth === null ? [] : [budget === null ? '' : budgetWords(budget, from)]
  if (costUsd === null) {
    const unknown = model.status === 'price-unknown' ? 'price unknown' : 'not measured'
    return [model.model, '', '', unknown, '', '', ...standing]
  }
  const { per1000, today, month, year } = costUsd
  return [
    model.model,
    perThousand(per1000.mean),
    estimatedMoney(today.mean, null),
    money(month),
    money(year),
    model.holdsSeat ? 'holds the seat' : model.monthLessIncumbentUsd === null ? '' : differenceWords(model),
    ...standing,
  ]
}

function money({ mean, interval }: Estimate): string {
  return estimatedMoney(mean, interval)
}

const standings = { within: 'within', over: 'over', uncertain: 'perhaps over' }

function budgetWords({ month, overFrom }: BudgetStanding, from: string): string {
  const later = overFrom === null || overFrom === from || month === 'over' ? '' : `, over from ${overFrom}`
  return `${standings[month]}${later}`
}
