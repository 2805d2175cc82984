import type { Sample, Target } from '../datasets/dataset.ts'
import type { Model } from '../providers/model.ts'
import { costOf } from '../providers/price.ts'
import { type Generated, type GenerateRequest, type Provider, ProviderError } from '../providers/provider.ts'
import { scoreAnswer } from '../scoring/score-answer.ts'
import type { Clock } from '../shared/clock.ts'
import { counted } from '../shared/counted.ts'
import { parseAnswer } from '../tasks/parse-answer.ts'
import { renderPrompt } from '../tasks/render-prompt.ts'
import type { Task } from '../tasks/task.ts'
import type { FailureKind, Outcome } from './outcome.ts'

export interface Question {
  task: Task
  sample: Sample
  model: Model
  repeat: number
  /** Calls that its provider is asked at the same time. */
  concurrency: number
  seed: number
  timeoutMs: number
}

const unknownUsage = {
  inputTokens: undefined,
  outputTokens: undefined,
  reasoningTokens: undefined,
  cachedInputTokens: undefined,
}

/** The request for a question: made without the target, so that none can reach a provider. */
export function requestFor(question: Question, signal: AbortSignal): GenerateRequest {
  const { task, sample, model, repeat, seed, timeoutMs } = question
  return {
    modelId: model.providerModelId,
    messages: renderPrompt(task, sample),
    answerSchema: task.answerSchema,
    maxOutputTokens: task.maxOutputTokens,
    temperature: 0,
    seed,
    timeoutMs,
    signal,
    sample: { key: sample.key, task: task.folder, input: sample.input, repeat },
  }
}

/**
 * Asks one sample once and scores the answer. Whatever the provider or the model does wrong is an outcome; a defect of
 * ours (a scorer that throws) and an abort reject.
 */
export async function askOnce(
  question: Question,
  target: Target,
  provider: Provider,
  clock: Clock,
  signal: AbortSignal,
): Promise<Outcome> {
  const askedAt = clock.now()
  const asked = { model: question.model.name, sampleKey: question.sample.key, repeat: question.repeat, askedAt }
  try {
    const generated = await provider.generate(requestFor(question, signal))
    return { ...asked, ...callOf(question, generated), ...judged(question.task, target, generated) }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return {
      ...asked,
      latencyMs: undefined,
      waitedMs: error.waitedMs,
      attempts: error.attempts,
      usage: unknownUsage,
      // Nothing came back, so nothing is known of what it cost.
      costUsd: undefined,
      rawText: undefined,
      modelVersion: undefined,
      warnings: [],
      status: 'failed',
      failure: { kind: error.kind, message: error.message },
    }
  }
}

function callOf({ model, concurrency }: Question, generated: Generated) {
  const computing = { ms: generated.timing.totalMs, sharedBy: concurrency }
  return {
    latencyMs: generated.timing.totalMs,
    waitedMs: generated.timing.queueMs ?? 0,
    attempts: generated.attempts ?? 1,
    usage: generated.usage,
    costUsd: costOf(model, generated.usage, computing),
    rawText: generated.text,
    modelVersion: generated.modelVersion,
    warnings: generated.warnings,
  }
}

function judged(task: Task, target: Target, { text, finishReason }: Generated) {
  if (finishReason.unified === 'blocked')
    return failed('blocked', `The provider withheld the answer (${finishReason.raw}).`)
  if (text.trim() === '') {
    return finishReason.unified === 'length'
      ? failed('truncated', `No text before the limit of ${counted(task.maxOutputTokens, 'output token')}.`)
      : failed('empty', 'The answer was empty.')
  }
  const parsed = parseAnswer(text, task)
  if (parsed.status === 'malformed') {
    return finishReason.unified === 'length'
      ? failed('truncated', `Cut at the limit of ${counted(task.maxOutputTokens, 'output token')}: ${parsed.reason}`)
      : failed('malformed', parsed.reason)
  }
  const { answer, form, schemaErrors } = parsed
  return { status: 'scored' as const, answer, form, schemaErrors, ...scoreAnswer(task, target.target, answer) }
}

function failed(kind: FailureKind, message: string) {
  return { status: 'failed' as const, failure: { kind, message } }
}
