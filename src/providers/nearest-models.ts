import type { ListedModel } from './provider.ts'

/**
 * The listed models that are most like the wanted ones, by the words of their names (`gemini`, `flash`, `lite`, …);
 * versions count little, because the point is to find what came after. Models that share nothing are left out.
 */
export function nearestModels(wanted: readonly string[], listed: readonly ListedModel[], most: number): ListedModel[] {
  const ranked = listed.map((model) => ({
    model,
    likeness: Math.max(0, ...wanted.map((id) => likeness(id, model.id))),
  }))
  return ranked
    .filter((entry) => entry.likeness > 0)
    .sort((a, b) => b.likeness - a.likeness || (a.model.id < b.model.id ? -1 : 1))
    .slice(0, most)
    .map(({ model }) => model)
}

/** Shared words less a quarter of the words that only one of them has. */
function likeness(wanted: string, listed: string): number {
  const one = wordsOf(wanted)
  const other = wordsOf(listed)
  const shared = [...one].filter((word) => other.has(word)).length
  return shared - (one.size + other.size - 2 * shared) / 4
}

function wordsOf(id: string): Set<string> {
  const words = id.toLowerCase().split(/[^a-z0-9.]+/)
  return new Set(words.filter((word) => /^[a-z]/.test(word) && word !== 'models' && word !== 'latest'))
}
