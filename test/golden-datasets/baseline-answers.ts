import { createRulesProvider } from '../../src/providers/rules/create-rules-provider.ts'
import { scoreAnswer } from '../../src/scoring/score-answer.ts'
import type { JsonObject, JsonValue } from '../../src/shared/json.ts'
import { parseAnswer } from '../../src/tasks/parse-answer.ts'
import type { ParsedAnswer, Task } from '../../src/tasks/task.ts'
import { labelledSamples, taskOf, tiers } from './golden-data.ts'

export const baselines = ['rules-basic', 'rules-thorough'] as const

const provider = createRulesProvider(
  new Map(tiers.map((tier): [string, JsonValue] => [taskOf(tier).name, rulesOf(taskOf(tier))])),
)

export async function baselineAnswer(modelId: string, task: Task, input: JsonObject): Promise<ParsedAnswer> {
  const { text } = await provider.generate({
    modelId,
    messages: [],
    answerSchema: task.answerSchema,
    maxOutputTokens: task.maxOutputTokens,
    temperature: 0,
    seed: undefined,
    timeoutMs: 1000,
    signal: new AbortController().signal,
    sample: { key: 'any', task: task.name, input, repeat: 0 },
  })
  return parseAnswer(text, task)
}

/** Mean over the labelled samples, 0 to 100. An answer that is not valid is an error. */
export async function baselineAccuracy(
  modelId: string,
  version: string,
  tier: (typeof tiers)[number],
): Promise<number> {
  const task = taskOf(tier)
  const labelled = labelledSamples(version, tier)
  let sum = 0
  for (const { sample, target } of labelled) {
    const parsed = await baselineAnswer(modelId, task, sample.input)
    if (parsed.status !== 'parsed' || parsed.schemaErrors.length > 0) {
      throw new Error(`${modelId} gave no valid answer to ${sample.key}: ${JSON.stringify(parsed)}`)
    }
    sum += scoreAnswer(task, target, parsed.answer).accuracy
  }
  return sum / labelled.length
}

function rulesOf({ name, rules }: Task): JsonValue {
  if (rules === undefined) throw new Error(`The task "${name}" has no rules.yaml.`)
  return rules
}
