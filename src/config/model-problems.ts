import { isJsonObject, type JsonObject } from '../shared/json.ts'
import { didYouMean } from '../shared/nearest-word.ts'
import { type Problem, shownValue } from '../shared/schema-problems.ts'
import { kindOf, usualProviders } from './provider-config.ts'

/** Names of models that stand twice, providers that nobody has, and `simulated` where it does not belong. */
export function modelProblems(models: readonly unknown[], providers: JsonObject): Problem[] {
  const providerNames = [...new Set([...usualProviders, ...Object.keys(providers)])]
  const seen = new Set<unknown>()
  return models.flatMap((model, index) => {
    if (!isJsonObject(model)) return []
    const problems = providerOfModel(model, index, providerNames, providers)
    const { name } = model
    if (typeof name === 'string' && seen.has(name)) {
      problems.push({
        path: ['models', index, 'name'],
        message: `expected each name once, got ${shownValue(name)} again`,
      })
    }
    seen.add(name)
    return problems
  })
}

function providerOfModel(model: JsonObject, index: number, names: readonly string[], providers: JsonObject): Problem[] {
  const { provider, simulated } = model
  if (typeof provider !== 'string') return []
  const path = ['models', index, 'provider']
  if (!names.includes(provider)) {
    const got = `${shownValue(provider)}${didYouMean(provider, names)}`
    return [{ path, message: `expected one of ${names.join(', ')}, got ${got}` }]
  }
  const entry = providers[provider]
  const isSimulated = kindOf(provider, isJsonObject(entry) ? entry : {}) === 'simulated'
  if (isSimulated === (simulated !== undefined)) return []
  const message = isSimulated
    ? 'expected "simulated" with errorRate and latencyMs, as the provider is simulated, got nothing'
    : 'expected no "simulated", as the provider is a real one, got a map'
  return [{ path: isSimulated ? ['models', index] : ['models', index, 'simulated'], message }]
}
