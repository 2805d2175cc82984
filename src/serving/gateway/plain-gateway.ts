import { listAssignments } from '../../database/assignment-queries.ts'
import { createDayCounter } from '../../database/day-counter.ts'
import { listModels } from '../../database/model-queries.ts'
import { createProvider } from '../../providers/create-provider.ts'
import type { Model } from '../../providers/model.ts'
import type { Provider } from '../../providers/provider.ts'
import { quotaDayOf } from '../../providers/throttle/quota-day.ts'
import type { Workspace } from '../../workflows/workspace.ts'
import type { Gateway, GatewayRequest } from './answerer.ts'
import { GatewayError } from './gateway-error.ts'
import { resolveName, tierId } from './resolve-name.ts'

/** Every tier is answered by its incumbent, and a model that is named by itself; as they were when the service started. */
export async function createPlainGateway(workspace: Workspace): Promise<Gateway> {
  const { config, database, clock } = workspace
  const { db } = database
  const registry = new Map(
    (await listModels(db)).filter(({ isActive }) => isActive).map((model) => [model.name, model]),
  )
  const seats = new Map((await listAssignments(db)).map(({ tier, model }) => [tier, model]))
  const names = { tiers: config.tiers.map(({ id, name }) => ({ tier: id, name })), models: new Set(registry.keys()) }
  const dayCounter = createDayCounter(db, quotaDayOf)
  const providers = new Map<string, Provider>()

  function providerOf(model: Model): Provider {
    const settings = config.providers[model.provider]
    if (settings === undefined) throw unavailable(`No provider "${model.provider}" is configured.`)
    const made = providers.get(model.provider)
    if (made !== undefined) return made
    const created = createProvider(settings, { clock, random: Math.random, dayCounter })
    if (created.status === 'unavailable') throw unavailable(`${created.reason}. ${created.remedy}`)
    providers.set(model.provider, created.provider)
    return created.provider
  }

  async function answer({ model: asked, question, signal, wantsStream }: GatewayRequest) {
    const named = resolveName(asked, names)
    const tier = named.kind === 'tier' ? named.tier : undefined
    const holder = named.kind === 'tier' ? seats.get(named.tier) : named.model
    const model = holder === undefined ? undefined : registry.get(holder)
    if (model === undefined)
      throw unavailable(`No model holds ${asked}. Give it one: npx incumbent assign ${tier} <model>`)
    const provider = providerOf(model)
    const timeoutMs = config.providers[model.provider]?.timeoutMs ?? 60_000
    const request = { ...question, modelId: model.providerModelId, timeoutMs, signal, sample: undefined }
    const servedBy = { model: model.name, tier, stage: 'none' as const, attempt: 1, rolloutId: undefined }
    if (wantsStream && provider.stream !== undefined) {
      return { kind: 'stream' as const, pieces: provider.stream(request), servedBy }
    }
    return { kind: 'whole' as const, generated: await provider.generate(request), servedBy }
  }

  return {
    answer,
    models: () => [
      ...names.tiers.map(({ tier }) => ({ id: tierId(tier), createdAt: clock.now(), ownedBy: 'incumbent' })),
      ...[...registry.values()].map(({ name, provider }) => ({ id: name, createdAt: clock.now(), ownedBy: provider })),
    ],
    missing: () =>
      names.tiers.flatMap(({ tier }) => (seats.get(tier) === undefined ? [`No model holds tier ${tier}.`] : [])),
    stop: () => Promise.resolve(),
  }
}

function unavailable(message: string): GatewayError {
  return new GatewayError({ status: 503, message, type: 'server_error', code: 'model_unavailable' })
}
