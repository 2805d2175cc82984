import { contentHash, type JsonValue } from '../../shared/json.ts'
import { type Generated, type GenerateRequest, type Provider, ProviderError } from '../provider.ts'
import { type Answerer, compileRules } from './compile-rules.ts'

interface TaskRules {
  answerers: ReadonlyMap<string, Answerer>
  /** Which rules answered: it changes with them. */
  version: string
}

/**
 * Baselines that answer by the keywords and patterns of a task's rules.yaml, in this process. They read the input of the
 * request's sample instead of its messages, answer the same input always the same way, and use no tokens.
 * @param rulesByTask name of a task → content of its rules.yaml
 * @throws UserError that lists what is wrong with the rules of a task
 */
export function createRulesProvider(rulesByTask: ReadonlyMap<string, JsonValue>): Provider {
  const tasks = new Map(
    Array.from(rulesByTask, ([name, rules]): [string, TaskRules] => [
      name,
      { answerers: compileRules(name, rules), version: contentHash(rules).slice(0, 12) },
    ]),
  )
  return {
    kind: 'rules',
    async generate(request) {
      request.signal.throwIfAborted()
      const { answerer, input, version } = chosen(tasks, request)
      const startedAt = performance.now()
      const text = JSON.stringify(answerer(input))
      return generated(text, performance.now() - startedAt, version)
    },
    async listModels() {
      const names = new Set([...tasks.values()].flatMap(({ answerers }) => [...answerers.keys()]))
      return [...names].map((id) => ({ id, contextTokens: undefined, description: 'baseline: keywords and patterns' }))
    },
  }
}

function chosen(tasks: ReadonlyMap<string, TaskRules>, { sample, modelId }: GenerateRequest) {
  if (sample === undefined) {
    throw new ProviderError('invalid-request', 'A baseline reads the input of a sample, and the request carries none.')
  }
  const rules = tasks.get(sample.task)
  if (rules === undefined) {
    throw new ProviderError('invalid-request', `The task "${sample.task}" has no rules.yaml, so it has no baseline.`)
  }
  const answerer = rules.answerers.get(modelId)
  if (answerer === undefined) {
    const names = [...rules.answerers.keys()].join(', ')
    throw new ProviderError(
      'model-not-found',
      `rules.yaml of the task "${sample.task}" has no model "${modelId}", but ${names}.`,
    )
  }
  return { answerer, input: sample.input, version: rules.version }
}

function generated(text: string, totalMs: number, modelVersion: string): Generated {
  return {
    text,
    finishReason: { unified: 'stop', raw: undefined },
    usage: {
      inputTokens: undefined,
      outputTokens: undefined,
      reasoningTokens: undefined,
      cachedInputTokens: undefined,
    },
    timing: { totalMs, firstTokenMs: undefined, loadMs: undefined, queueMs: undefined },
    warnings: [],
    modelVersion,
  }
}
