import type { Config } from '../config/config.ts'
import type { ProviderConfig } from '../config/provider-config.ts'
import type { GoldenSet } from '../datasets/dataset.ts'
import { checkReachable } from '../providers/check-reachable.ts'
import { createProvider } from '../providers/create-provider.ts'
import type { Model } from '../providers/model.ts'
import type { ListedModel, Provider } from '../providers/provider.ts'
import { createRulesProvider } from '../providers/rules/create-rules-provider.ts'
import { createSimulatedProvider } from '../providers/simulated.ts'
import type { DayCounter } from '../providers/throttle/day-counter.ts'
import { perfectAnswer } from '../scoring/perfect-answer.ts'
import type { Clock } from '../shared/clock.ts'
import type { Task } from '../tasks/task.ts'

export type Connection =
  | {
      status: 'ready'
      provider: Provider
      /** What it says it has; undefined where it does not say. */
      models: ListedModel[] | undefined
    }
  | { status: 'unavailable'; reason: string; remedy: string | undefined }

/** By the provider's name in the configuration. */
export type Connections = ReadonlyMap<string, Connection>

/** What in-process providers know beforehand: the tasks, and for the simulated one the right answers. */
export interface Knowledge {
  task: Task
  golden: GoldenSet
}

export interface ConnectOptions {
  config: Config
  /** Names of the providers to connect; all that are configured unless it is given. */
  only?: ReadonlySet<string>
  registry: ReadonlyMap<string, Model>
  knowledge: readonly Knowledge[]
  dayCounter: DayCounter
  clock: Clock
  signal: AbortSignal
}

/** The configured providers, asked whether they are there: ready, or with the reason why not. */
export async function connectProviders(options: ConnectOptions): Promise<Connections> {
  const { config, only } = options
  const providers = Object.values(config.providers).filter(({ name }) => only?.has(name) ?? true)
  const connected = await Promise.all(
    providers.map(async (settings) => [settings.name, await connect(settings, options)] as const),
  )
  return new Map(connected)
}

async function connect(settings: ProviderConfig, options: ConnectOptions): Promise<Connection> {
  const { config, registry, knowledge, dayCounter, clock, signal } = options
  if (settings.kind === 'rules') return { status: 'ready', provider: baselines(knowledge), models: undefined }
  if (settings.kind === 'simulated') {
    return { status: 'ready', provider: simulatedProvider(settings, config, knowledge), models: undefined }
  }
  const contexts = new Map(
    [...registry.values()]
      .filter(({ provider }) => provider === settings.name)
      .map(({ providerModelId, contextTokens }) => [providerModelId, contextTokens]),
  )
  const contextTokensOf = (modelId: string) => contexts.get(modelId)
  const created = createProvider(settings, { clock, random: Math.random, dayCounter, contextTokensOf })
  if (created.status === 'unavailable') return created
  const reachable = await checkReachable(created.provider, signal)
  if (reachable.status === 'unavailable') return reachable
  return { status: 'ready', provider: created.provider, models: reachable.models }
}

function baselines(knowledge: readonly Knowledge[]): Provider {
  return createRulesProvider(
    new Map(knowledge.flatMap(({ task }) => (task.rules === undefined ? [] : [[task.folder, task.rules]]))),
  )
}

/** The simulated models of a provider, who know the right answers to these tasks. */
export function simulatedProvider(
  { name, seed }: ProviderConfig,
  { models }: Pick<Config, 'models'>,
  knowledge: readonly Knowledge[],
): Provider {
  const behaviours = new Map(
    models.flatMap((model) => (model.provider === name && model.simulated ? [[model.id, model.simulated]] : [])),
  )
  const answerBook = new Map(
    knowledge.map(({ task, golden }) => [
      task.folder,
      new Map([...golden.targets.values()].map(({ key, target }) => [key, perfectAnswer(task, target)])),
    ]),
  )
  return createSimulatedProvider({ answerBook, behaviours, seed })
}
