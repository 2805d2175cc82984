import { isJsonObject, type JsonObject } from '../shared/json.ts'
import { didYouMean } from '../shared/nearest-word.ts'
import { type Problem, shownValue } from '../shared/schema-problems.ts'
import { defaultTiers } from './default-tiers.ts'

/**
 * What a tier without defaults lacks, models and labels that it cannot have, and names that two tiers share.
 * @param tiers as they came from the file
 */
export function tierProblems(tiers: JsonObject, baselines: readonly unknown[]): Problem[] {
  const problems = Object.entries(tiers).flatMap(([id, tier]) =>
    isJsonObject(tier) ? oneTierProblems(id, tier, baselines) : [],
  )
  const merged = Object.entries({ ...defaultTiers, ...tiers })
  const isEmpty = merged.every(([, tier]) => tier === 'none')
  if (isEmpty) problems.push({ path: ['tiers'], message: 'expected at least one tier, got none for all' })
  return [...problems, ...sameNames(tiers)]
}

function oneTierProblems(id: string, tier: JsonObject, baselines: readonly unknown[]): Problem[] {
  const path = ['tiers', id]
  const usual = defaultTiers[id]
  const missing = usual === undefined ? ['name', 'task', 'dataset', 'candidates'].filter((key) => !(key in tier)) : []
  const candidates = Array.isArray(tier.candidates) ? tier.candidates : (usual?.candidates ?? [])
  return [
    ...(missing.length > 0
      ? [{ path, message: `expected ${inWords(missing)}, as tier ${id} has no default, got nothing` }]
      : []),
    ...listProblems([...path, 'candidates'], tier.candidates, baselines),
    ...listProblems([...path, 'fallbacks'], tier.fallbacks, baselines),
    ...routeProblems([...path, 'routes'], tier.routes, baselines),
    ...labelProblems(path, tier.labels, candidates),
    ...(baselines.includes(tier.initial)
      ? [{ path: [...path, 'initial'], message: 'expected a language model or none, got a baseline' }]
      : []),
  ]
}

function inWords(keys: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(keys)
}

/** A baseline is the floor that others must beat: it never holds a seat. */
function listProblems(path: string[], list: unknown, baselines: readonly unknown[]): Problem[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((name: unknown, index) => {
    if (baselines.includes(name)) {
      return [{ path: [...path, index], message: `expected a language model, got the baseline ${shownValue(name)}` }]
    }
    if (list.indexOf(name) === index || typeof name !== 'string') return []
    return [{ path: [...path, index], message: `expected each model once, got ${shownValue(name)} again` }]
  })
}

function routeProblems(path: string[], routes: unknown, baselines: readonly unknown[]): Problem[] {
  if (!Array.isArray(routes)) return []
  return routes.flatMap((route: unknown, index) => {
    if (!isJsonObject(route) || !baselines.includes(route.model)) return []
    const message = `expected a language model, got the baseline ${shownValue(route.model)}`
    return [{ path: [...path, index, 'model'], message }]
  })
}

function labelProblems(path: string[], labels: unknown, candidates: readonly unknown[]): Problem[] {
  if (!isJsonObject(labels)) return []
  const names = candidates.filter((name) => typeof name === 'string')
  return Object.keys(labels)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      path: [...path, 'labels', name],
      // The candidates are not listed: one may come from the environment.
      message: `expected a candidate of the tier, got ${shownValue(name)}${didYouMean(name, names)}`,
    }))
}

function sameNames(tiers: JsonObject): Problem[] {
  const merged = { ...defaultTiers, ...tiers }
  const names = Object.entries(merged).flatMap(([id, tier]) => {
    const own = isJsonObject(tier) ? tier.name : undefined
    const name = own ?? (tier === 'none' ? undefined : defaultTiers[id]?.name)
    return typeof name === 'string' ? [{ id, name }] : []
  })
  return names
    .filter(({ id, name }) => id in tiers && names.some((other) => other.name === name && other.id !== id))
    .map(({ id, name }) => ({
      path: ['tiers', id, 'name'],
      message: `expected a name of its own, got ${shownValue(name)} as for another tier`,
    }))
}
