import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { insertCycle } from '../../src/database/cycle-queries.ts'
import { insertEvaluation } from '../../src/database/evaluation-queries.ts'
import { insertModel } from '../../src/database/model-queries.ts'
import type { Tables } from '../../src/database/tables.ts'
import type { Evaluation, Run, RunSummary } from '../../src/evaluation/evaluation.ts'
import type { Outcome } from '../../src/evaluation/outcome.ts'
import type { Model } from '../../src/providers/model.ts'

export const exampleTime = new Date('2026-11-22T01:00:00.123Z')

/** A model that is in no table yet. */
export function exampleModel(overrides: Partial<Model> = {}): Model {
  return {
    name: 'qwen3-4b',
    provider: 'vllm',
    providerKind: 'openai',
    providerModelId: 'Qwen/Qwen3-4B-Instruct-2507-FP8',
    baseUrl: 'http://127.0.0.1:8000/v1',
    family: 'qwen3',
    pricingTier: undefined,
    capabilities: { reasoning: 5 },
    contextTokens: 8192,
    price: undefined,
    isActive: true,
    ...overrides,
  }
}

/** An evaluation of tier 1 with an incumbent and a challenger of the document, and a baseline. */
export function exampleEvaluation(overrides: Partial<Evaluation> = {}): Evaluation {
  return {
    id: randomUUID(),
    cycleId: randomUUID(),
    tier: 1,
    tierName: 'core',
    name: 'Weekly Tier 1 Model Comparison',
    status: 'running',
    taskFolder: 'golden-datasets/job-analysis/tier1',
    datasetName: 'job-analysis',
    datasetVersion: 'v1',
    datasetHash: 'a'.repeat(64),
    sampleKeys: ['b', 'a', 'c'],
    seed: 4_294_967_295,
    models: [
      { name: 'gemini-2.0-flash-001', provider: 'gemini', providerKind: 'gemini', role: 'incumbent', repeats: 3 },
      { name: 'gemini-2.0-flash-lite-001', provider: 'gemini', providerKind: 'gemini', role: 'challenger', repeats: 3 },
      { name: 'rules-basic', provider: 'rules', providerKind: 'rules', role: 'baseline', repeats: 1 },
    ],
    skipped: [{ model: 'gemini-1.5-pro', reason: 'no GEMINI_API_KEY', remedy: 'set it in .env' }],
    incumbent: 'gemini-2.0-flash-001',
    decision: { epochKey: 'epoch-1', weights: { accuracy: 0.5, speed: 0.3, cost: 0.2 } },
    applies: true,
    startedAt: exampleTime,
    finishedAt: undefined,
    ...overrides,
  }
}

export function exampleRuns(evaluation: Evaluation): Run[] {
  return evaluation.models.map(({ name, provider }) => ({
    id: randomUUID(),
    evaluationId: evaluation.id,
    model: name,
    provider,
    status: 'running',
    startedAt: evaluation.startedAt,
    finishedAt: undefined,
    summary: undefined,
  }))
}

/** Stores an evaluation with its cycle, its models and its runs. */
export async function storeEvaluation(
  db: Kysely<Tables>,
  overrides: Partial<Evaluation> = {},
): Promise<{ evaluation: Evaluation; runs: Run[] }> {
  const evaluation = exampleEvaluation(overrides)
  const runs = exampleRuns(evaluation)
  for (const { name, provider, providerKind } of evaluation.models) {
    await insertModel(db, exampleModel({ name, provider, providerKind, providerModelId: name }), exampleTime)
  }
  await insertCycle(db, { id: evaluation.cycleId, startedBy: 'incumbent run', startedAt: exampleTime })
  await insertEvaluation(db, evaluation, runs)
  return { evaluation, runs }
}

export function scoredOutcome(overrides: Partial<Extract<Outcome, { status: 'scored' }>> = {}): Outcome {
  return {
    model: 'gemini-2.0-flash-001',
    sampleKey: 'a',
    repeat: 0,
    askedAt: exampleTime,
    latencyMs: 812.5,
    waitedMs: 0,
    attempts: 1,
    usage: { inputTokens: 900, outputTokens: 120, reasoningTokens: undefined, cachedInputTokens: undefined },
    costUsd: 0.000_138,
    rawText: '{"industry": "software"}',
    modelVersion: 'gemini-2.0-flash-001',
    warnings: [],
    status: 'scored',
    answer: { industry: 'software' },
    form: 'plain',
    schemaErrors: [],
    accuracy: 87.5,
    completeness: 100,
    fields: [{ path: 'industry', scorer: 'equal', weight: 20, score: 1 }],
    ...overrides,
  }
}

export function failedOutcome(overrides: Partial<Extract<Outcome, { status: 'failed' }>> = {}): Outcome {
  return {
    model: 'gemini-2.0-flash-001',
    sampleKey: 'a',
    repeat: 0,
    askedAt: exampleTime,
    latencyMs: undefined,
    waitedMs: 1200,
    attempts: 4,
    usage: {
      inputTokens: undefined,
      outputTokens: undefined,
      reasoningTokens: undefined,
      cachedInputTokens: undefined,
    },
    costUsd: undefined,
    rawText: undefined,
    modelVersion: undefined,
    warnings: ['seed is not supported'],
    status: 'failed',
    failure: { kind: 'overloaded', message: '503 Service Unavailable' },
    ...overrides,
  }
}

export function exampleSummary(overrides: Partial<RunSummary> = {}): RunSummary {
  return {
    asked: 9,
    scored: 8,
    failed: { overloaded: 1 },
    accuracy: 81.234_567,
    accuracyCi95: [75.5, 87],
    completeness: 98.7,
    consistency: 93.2,
    latencyMs: { mean: 812.4, p50: 799.5, p95: 1402.2, p99: 1500.9 },
    tokens: { input: 7200, output: 960, total: 8160 },
    costUsd: 0.001_104,
    scores: { accuracy: 81.2, speed: 72.1, cost: 90.4, total: 80.3 },
    fieldRelative: 77,
    flags: [],
    ...overrides,
  }
}
