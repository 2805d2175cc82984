import type {
  BudgetStanding,
  CostProjection,
  Estimate,
  ModelProjection,
} from '../reporting/cost-projection/cost-projection.ts'
import {
  basisWords,
  differenceWords,
  projectionSentence,
  remedyFor,
  unknownWords,
} from '../reporting/cost-projection/projection-words.ts'
import { estimatedMoney, perThousand } from '../shared/format-number.ts'
import { textTable } from './text-table.ts'

/** A sentence, the table of all models, what the figures rest on, and how to get those that are missing. */
export function costText(projection: CostProjection): string {
  const { tier, tierName, tokens, models, budgetUsdPerMonth } = projection
  const level = tokens === 'given' ? '' : ' (95 %)'
  const right = 'right' as const
  const columns = [
    { title: 'model' },
    { title: 'per 1,000', align: right },
    { title: 'today', align: right },
    { title: `30 days${level}`, align: right },
    { title: `365 days${level}`, align: right },
    { title: '30 days, against the seat' },
    ...(budgetUsdPerMonth === null ? [] : [{ title: 'budget' }]),
  ]
  const missing = models.flatMap((model) => {
    const remedy = remedyFor(model, tier)
    return remedy === undefined ? [] : [`  - ${model.model}: ${unknownWords(model)}: ${remedy}`]
  })
  return [
    `Tier ${tier} (${tierName}): ${projectionSentence(projection)}`,
    textTable(
      columns,
      models.map((model) => rowOf(model, projection)),
    ),
    basisWords(projection).join('\n'),
    ...(missing.length === 0 ? [] : [['Without figures:', ...missing].join('\n')]),
  ].join('\n\n')
}

function rowOf(model: ModelProjection, { budgetUsdPerMonth, from }: CostProjection): string[] {
  const { costUsd, budget } = model
  const name = nameWords(model)
  if (costUsd === null) return [name, '', '', model.status === 'price-unknown' ? 'price unknown' : 'not measured']
  const { per1000, today, month, year } = costUsd
  return [
    name,
    perThousand(per1000.mean),
    estimatedMoney(today.mean, null),
    money(month),
    money(year),
    model.holdsSeat ? 'holds the seat' : model.monthLessIncumbentUsd === null ? '' : differenceWords(model),
    ...(budgetUsdPerMonth === null || budget === null ? [] : [budgetWords(budget, from)]),
  ]
}

function nameWords({ model, isSimulated }: ModelProjection): string {
  return isSimulated ? `${model} (simulated)` : model
}

function money({ mean, interval }: Estimate): string {
  return estimatedMoney(mean, interval)
}

const standings = { within: 'within', over: 'OVER', uncertain: 'perhaps over' }

function budgetWords({ month, overFrom }: BudgetStanding, from: string): string {
  const later = overFrom === null || overFrom === from || month === 'over' ? '' : `, over from ${overFrom}`
  return `${standings[month]}${later}`
}
