import type { CostProjection } from '../reporting/cost-projection/cost-projection.ts'
import { projectionTable } from '../reporting/cost-projection/projection-table.ts'
import {
  basisWords,
  priceRemedy,
  projectionSentence,
  unknownWords,
} from '../reporting/cost-projection/projection-words.ts'
import { textTable } from './text-table.ts'

/** A sentence, the table of all models, what the figures rest on, and how to get those that are missing. */
export function costText(projection: CostProjection): string {
  const { tier, tierName, models } = projection
  const missing = models.flatMap((model) => {
    const remedy = priceRemedy(model, tier)
    return remedy === undefined ? [] : [`  - ${model.model}: ${unknownWords(model)}: ${remedy}`]
  })
  return [
    `Tier ${tier} (${tierName}): ${projectionSentence(projection)}`,
    tableText(projection),
    basisWords(projection).join('\n'),
    ...(missing.length === 0 ? [] : [['Without figures:', ...missing].join('\n')]),
  ].join('\n\n')
}

function tableText(projection: CostProjection): string {
  const { titles, rows, aligns } = projectionTable(projection)
  const columns = titles.map((title, index) => ({
    title,
    ...(aligns[index] === 'r' ? { align: 'right' as const } : {}),
  }))
  const simulated = new Set(projection.models.filter(({ isSimulated }) => isSimulated).map(({ model }) => model))
  const named = rows.map(([model = '', ...rest]) => [simulated.has(model) ? `${model} (simulated)` : model, ...rest])
  return textTable(columns, named)
}
