import type { JsonObject } from '../../shared/json.ts'

/** The settings under which a model thinks as little as it can, as every model of a comparison is asked to. */
export interface LeastThinking {
  config: JsonObject
  /** Room for the thoughts that cannot be switched off. */
  extraTokens: number
  warnings: string[]
}

/** The least budget of the models that always think. */
const leastProBudget = 128

/** Levels have no limit in tokens; this is room for a few hundred words of thought. */
const roomForLevel = 2048

/** Undefined for models that do not think (before 2.5) and for those whose generation the id does not tell. */
export function leastThinking(modelId: string): LeastThinking | undefined {
  const match = /(?:^|\/)gemini-(?:(\d+)(?:\.(\d+))?-)?(pro|flash)(?:-lite)?(-latest$|-|$)/.exec(modelId)
  if (match === null) return undefined
  const [, major, minor = '0', size, rest] = match
  if (major === undefined) return rest === '-latest' ? byLevel(size) : undefined
  const generation = Number(`${major}.${minor}`)
  if (generation >= 3) return byLevel(size)
  return generation >= 2.5 ? byBudget(size) : undefined
}

function byBudget(size: string | undefined): LeastThinking {
  if (size === 'flash') return { config: { thinkingBudget: 0 }, extraTokens: 0, warnings: [] }
  const warning = `Thinking cannot be switched off: sent the least budget, ${leastProBudget} tokens.`
  return { config: { thinkingBudget: leastProBudget }, extraTokens: leastProBudget, warnings: [warning] }
}

function byLevel(size: string | undefined): LeastThinking {
  const thinkingLevel = size === 'flash' ? 'minimal' : 'low'
  const warning = `Thinking cannot be switched off: sent the level "${thinkingLevel}".`
  return { config: { thinkingLevel }, extraTokens: roomForLevel, warnings: [warning] }
}
