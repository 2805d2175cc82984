import { score } from '../shared/format-number.ts'
import type { RunReport } from './cycle-report.ts'

/**
 * What a reader has to know of models that hold a seat or should: that rules without a language model answer as well. It
 * holds nobody up, so a switch between two such models would pass unseen.
 * @param models holder and target of the verdict
 */
export function baselineWarning(
  models: readonly (string | null)[],
  runs: readonly Pick<RunReport, 'model' | 'role' | 'accuracy'>[],
): string | undefined {
  const best = bestBaseline(runs)
  if (best === undefined) return undefined
  const below = runs.filter(({ model, role, accuracy }) => {
    return role !== 'baseline' && models.includes(model) && accuracy !== null && accuracy <= best.accuracy
  })
  if (below.length === 0) return undefined
  const named = below.map(({ model, accuracy }) => `${model} (${score(accuracy)})`).join(' and ')
  return `${named} ${below.length === 1 ? 'is' : 'are'} not more accurate than the baseline ${best.model} (${score(best.accuracy)}), which needs no language model: look at the prompt, the task and the answers before a seat moves.`
}

function bestBaseline(runs: Parameters<typeof baselineWarning>[1]): { model: string; accuracy: number } | undefined {
  const known = runs.flatMap(({ model, role, accuracy }) =>
    role === 'baseline' && accuracy !== null ? [{ model, accuracy }] : [],
  )
  return known.toSorted((one, other) => other.accuracy - one.accuracy)[0]
}
