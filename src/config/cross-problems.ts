import { isJsonObject, type JsonObject } from '../shared/json.ts'
import type { Problem } from '../shared/schema-problems.ts'
import { defaultBaselines } from './default-tiers.ts'
import { modelProblems } from './model-problems.ts'
import { kindOf } from './provider-config.ts'
import { tierProblems } from './tier-problems.ts'

/**
 * What does not fit together in a file: names that nothing has, names that stand twice, keys that the kind of a provider
 * does not take. It looks at the file as it came, so that it also says what it can when other things are wrong.
 */
export function crossProblems(file: unknown): Problem[] {
  const providers = mapAt(file, 'providers')
  return [
    ...Object.entries(providers).flatMap(([name, entry]) => (isJsonObject(entry) ? providerProblems(name, entry) : [])),
    ...wattsProblems(file, providers),
    ...modelProblems(listAt(file, 'models'), providers),
    ...tierProblems(mapAt(file, 'tiers'), baselinesOf(file, providers)),
  ]
}

function providerProblems(name: string, entry: JsonObject): Problem[] {
  const path = ['providers', name]
  const kind = kindOf(name, entry)
  if (kind === undefined) {
    if (entry.kind !== undefined) return []
    const message = `expected a kind (one of gemini, ollama, openai, rules, simulated), as "${name}" is none itself`
    return [{ path, message }]
  }
  const isInProcess = kind === 'rules' || kind === 'simulated'
  const strange = ['apiKey', 'baseUrl'].filter((key) => isInProcess && entry[key] !== undefined)
  if ((isInProcess || kind === 'gemini') && entry.watts !== undefined) strange.push('watts')
  if (kind !== 'simulated' && entry.seed !== undefined) strange.push('seed')
  const problems = strange.map((key) => ({
    path: [...path, key],
    message: `expected no ${key}, as the kind is ${kind}; leave it out`,
  }))
  const needsAddress = kind === 'openai' && name !== 'openai' && entry.baseUrl === undefined
  return needsAddress
    ? [...problems, { path, message: 'expected a baseUrl, such as http://127.0.0.1:8000/v1, got nothing' }]
    : problems
}

/** Watts without a tariff would be a cost of 0 that nobody meant. */
function wattsProblems(file: unknown, providers: JsonObject): Problem[] {
  if (isJsonObject(file) && file.electricity !== undefined) return []
  const places = [
    ...Object.entries(providers).map(([name, entry]) => ({ path: ['providers', name, 'watts'], entry })),
    ...listAt(file, 'models').map((entry, index) => ({ path: ['models', index, 'watts'], entry })),
  ]
  const message = 'expected electricity: { usdPerKwh, watts, asOf } in this file too, as watts cost nothing without it'
  return places
    .filter(({ entry }) => isJsonObject(entry) && entry.watts !== undefined)
    .map(({ path }) => ({ path, message }))
}

/** Every model of the provider `rules` is one, also where the list of baselines does not name it. */
function baselinesOf(file: unknown, providers: JsonObject): readonly unknown[] {
  const rules = listAt(file, 'models').flatMap((model) => {
    if (!isJsonObject(model) || typeof model.provider !== 'string') return []
    const entry = providers[model.provider]
    return kindOf(model.provider, isJsonObject(entry) ? entry : {}) === 'rules' ? [model.name] : []
  })
  return [...defaultBaselines, ...listAt(file, 'baselines'), ...rules]
}

function mapAt(file: unknown, key: string): JsonObject {
  const value = isJsonObject(file) ? file[key] : undefined
  return isJsonObject(value) ? value : {}
}

function listAt(file: unknown, key: string): readonly unknown[] {
  const value = isJsonObject(file) ? file[key] : undefined
  return Array.isArray(value) ? value : []
}
