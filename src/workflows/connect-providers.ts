import type { Config } from '../config/config.ts'
import type { ProviderConfig } from '../config/provider-config.ts'
import type { GoldenSet } from '../datasets/dataset.ts'
import type { Provider } from '../providers/provider.ts'
import { createRulesProvider } from '../providers/rules/create-rules-provider.ts'
import { createSimulatedProvider } from '../providers/simulated.ts'
import { perfectAnswer } from '../scoring/perfect-answer.ts'
import type { Task } from '../tasks/task.ts'

export type Connection =
  | { status: 'ready'; provider: Provider }
  | { status: 'unavailable'; reason: string; remedy: string | undefined }

/** What in-process providers know beforehand: the tasks, and for the simulated one the right answers. */
export interface Knowledge {
  task: Task
  golden: GoldenSet
}

/** Every configured provider that the named ones need, ready or with the reason why not. */
export function connectProviders(
  config: Config,
  names: ReadonlySet<string>,
  knowledge: readonly Knowledge[],
): Map<string, Connection> {
  const connections = new Map<string, Connection>()
  for (const name of names) {
    const settings = config.providers[name]
    connections.set(name, settings === undefined ? unconfigured(name) : connect(settings, config, knowledge))
  }
  return connections
}

function connect(settings: ProviderConfig, config: Config, knowledge: readonly Knowledge[]): Connection {
  if (settings.kind === 'rules') {
    const rules = new Map(knowledge.flatMap(({ task }) => (task.rules === undefined ? [] : [[task.name, task.rules]])))
    return { status: 'ready', provider: createRulesProvider(rules) }
  }
  if (settings.kind === 'simulated') return { status: 'ready', provider: simulated(settings, config, knowledge) }
  if (settings.kind === 'gemini' && settings.apiKey === undefined) {
    return { status: 'unavailable', reason: 'no GEMINI_API_KEY', remedy: 'Set GEMINI_API_KEY in .env' }
  }
  return { status: 'unavailable', reason: `there is no adapter for ${settings.kind} yet`, remedy: undefined }
}

function simulated({ name, seed }: ProviderConfig, { models }: Config, knowledge: readonly Knowledge[]): Provider {
  const behaviours = new Map(
    models.flatMap((model) => (model.provider === name && model.simulated ? [[model.id, model.simulated]] : [])),
  )
  const answerBook = new Map(
    knowledge.map(({ task, golden }) => [
      task.name,
      new Map([...golden.targets.values()].map(({ key, target }) => [key, perfectAnswer(task, target)])),
    ]),
  )
  return createSimulatedProvider({ answerBook, behaviours, seed })
}

function unconfigured(name: string): Connection {
  return {
    status: 'unavailable',
    reason: `the configuration has no provider "${name}"`,
    remedy: `Name it under providers in incumbent.yaml: ${name}: { kind: …, baseUrl: … }`,
  }
}
