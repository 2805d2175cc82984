import type { CallUse, CostQuestion, ModelFacts, TokenSource } from './cost-projection.ts'
import { meanOf } from './mean-of.ts'

/** What calls of each model are taken to use, and where that comes from. */
export interface ExpectedUse {
  tokens: TokenSource
  useOf: (model: ModelFacts) => readonly CallUse[]
}

/**
 * The tokens that are given; else those that were measured on the golden samples, raised or lowered to the level of live
 * requests where the holder of the seat has some. A model without live answers of its own is taken to differ from its golden
 * tokens as the holder of the seat does, so that all are compared on the same requests.
 */
export function expectedUse({ tokens, models }: Pick<CostQuestion, 'tokens' | 'models'>): ExpectedUse {
  if (tokens !== undefined) return { tokens: 'given', useOf: (model) => evenUse(model, tokens) }
  const holder = models.find(({ holdsSeat }) => holdsSeat)
  const live = holder?.live
  if (holder === undefined || live === undefined) return { tokens: 'golden', useOf: ({ use }) => use }
  const level = levelOf(holder)
  const { inputTokens: input, outputTokens: output } = live
  return {
    tokens: 'live',
    useOf: (model) => {
      const own = levelOf(model) ?? level
      return own === undefined ? evenUse(model, { input, output }) : model.use.map((use) => scaled(use, own))
    },
  }
}

/** Every request alike. A machine is busy as long as with the golden samples, in proportion to what it writes. */
function evenUse({ use }: ModelFacts, { input, output }: { input: number; output: number }): CallUse[] {
  const measured = meanOf(use.map(({ outputTokens }) => outputTokens))
  const ms = meanOf(use.map(({ machineMs }) => machineMs))
  const factor = measured === undefined || measured === 0 ? 1 : output / measured
  const machineMs = ms === undefined ? undefined : ms * factor
  return [{ sample: '', inputTokens: input, cachedInputTokens: 0, outputTokens: output, machineMs }]
}

interface Level {
  input: number
  output: number
}

/** Live tokens as a multiple of golden ones. */
function levelOf({ live, use }: ModelFacts): Level | undefined {
  const input = meanOf(use.map(({ inputTokens }) => inputTokens))
  const output = meanOf(use.map(({ outputTokens }) => outputTokens))
  if (live === undefined || !input || !output) return undefined
  return { input: live.inputTokens / input, output: live.outputTokens / output }
}

function scaled({ sample, inputTokens, cachedInputTokens, outputTokens, machineMs }: CallUse, level: Level): CallUse {
  return {
    sample,
    inputTokens: times(inputTokens, level.input),
    cachedInputTokens: times(cachedInputTokens, level.input),
    outputTokens: times(outputTokens, level.output),
    machineMs: times(machineMs, level.output),
  }
}

function times(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor
}
