import { createDayCounter } from '../../../database/day-counter.ts'
import { fitsInto } from '../../../providers/count-tokens.ts'
import { type CreatedProvider, createProvider } from '../../../providers/create-provider.ts'
import type { Model } from '../../../providers/model.ts'
import type { Provider } from '../../../providers/provider.ts'
import { quotaDayOf } from '../../../providers/throttle/quota-day.ts'
import type { Workspace } from '../../../workflows/workspace.ts'
import type { GatewayRequest } from '../answerer.ts'
import type { GatewayError } from '../gateway-error.ts'
import { modelUnavailable } from './model-unavailable.ts'

export interface ProviderPool {
  /** @throws GatewayError 503 when the model's provider cannot be asked, with what to do */
  connect: (model: Model) => { provider: Provider; timeoutMs: number }
  /** Whether the model takes a question, with the longest answer that it asks for, in so many tokens. */
  fits: (
    model: Model,
    request: Pick<GatewayRequest, 'question' | 'signal'>,
    maxTokens: number,
  ) => Promise<{ fits: boolean; tokens: number | undefined }>
}

/**
 * One adapter for each provider in the process, made when it is first needed.
 * @param simulated answers for the simulated models, where they play
 */
export function createProviderPool(
  { config: { providers }, database: { db }, clock }: Workspace,
  models: () => ReadonlyMap<string, Model>,
  simulated?: Provider,
): ProviderPool {
  const made = new Map<string, CreatedProvider>()
  const dependencies = { clock, random: Math.random, isLive: true, dayCounter: createDayCounter(db, quotaDayOf) }

  function providerOf(model: Model): CreatedProvider {
    const known = made.get(model.provider)
    if (known !== undefined) return known
    const settings = providers[model.provider]
    if (settings === undefined) throw unavailable(model, `no provider ${model.provider} is configured`)
    if (simulated !== undefined && settings.kind === 'simulated') return { status: 'ready', provider: simulated }
    const contextTokensOf = (id: string) => contextTokens(models(), model.provider, id)
    const created = createProvider(settings, { ...dependencies, contextTokensOf })
    made.set(model.provider, created)
    return created
  }

  function connect(model: Model): { provider: Provider; timeoutMs: number } {
    const created = providerOf(model)
    if (created.status === 'unavailable') throw unavailable(model, `${created.reason}. ${created.remedy}`)
    return { provider: created.provider, timeoutMs: providers[model.provider]?.timeoutMs ?? usualTimeoutMs }
  }

  return {
    connect,
    async fits(model, { question, signal }, maxTokens) {
      const { messages, tools, maxOutputTokens = 0 } = question
      const prompt = { modelId: model.providerModelId, messages, tools, signal }
      const { fits, count } = await fitsInto(connect(model).provider, prompt, maxTokens - maxOutputTokens)
      return { fits, tokens: count === undefined ? undefined : count.tokens + maxOutputTokens }
    },
  }
}

const usualTimeoutMs = 60_000

function contextTokens(models: ReadonlyMap<string, Model>, provider: string, id: string): number | undefined {
  for (const model of models.values()) {
    if (model.provider === provider && model.providerModelId === id) return model.contextTokens
  }
  return undefined
}

function unavailable({ name }: Model, why: string): GatewayError {
  return modelUnavailable(`${name} cannot be asked: ${why}.`.replace(/\.\.$/, '.'))
}
