import type { Sample } from '../datasets/dataset.ts'
import { createRulesProvider } from '../providers/rules/create-rules-provider.ts'
import { scoreAnswer } from '../scoring/score-answer.ts'
import { parseAnswer } from '../tasks/parse-answer.ts'
import type { Task } from '../tasks/task.ts'
import type { TaskVersion } from './task-versions.ts'

/** What one baseline scores on one sample in one task. */
export interface BaselineScore {
  task: string
  model: string
  sample: Sample
  /** 0 to 100. */
  accuracy: number
}

/** Every answer of every baseline to a version, scored. Tasks without rules.yaml have no baseline. */
export async function baselineScores(tasks: readonly TaskVersion[]): Promise<BaselineScore[]> {
  const scores: BaselineScore[] = []
  for (const { task, golden } of tasks) {
    if (task.rules === undefined) continue
    const provider = createRulesProvider(new Map([[task.name, task.rules]]))
    for (const { id: model } of await provider.listModels(new AbortController().signal)) {
      for (const sample of golden.samples) {
        const target = golden.targets.get(sample.key)?.target ?? {}
        const answer = parseAnswer(await answerText(provider, task, model, sample), task)
        const accuracy = answer.status === 'parsed' ? scoreAnswer(task, target, answer.answer).accuracy : 0
        scores.push({ task: task.name, model, sample, accuracy })
      }
    }
  }
  return scores
}

async function answerText(
  provider: ReturnType<typeof createRulesProvider>,
  task: Task,
  modelId: string,
  { key, input }: Sample,
): Promise<string> {
  const { text } = await provider.generate({
    modelId,
    messages: [],
    answerSchema: task.answerSchema,
    maxOutputTokens: task.maxOutputTokens,
    temperature: 0,
    seed: undefined,
    timeoutMs: 60_000,
    signal: new AbortController().signal,
    sample: { key, task: task.name, input, repeat: 0 },
  })
  return text
}
