import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import {
  countOutcomes,
  eachOutcome,
  insertOutcomes,
  loadAskedCalls,
  loadMeasures,
  loadOutcomes,
} from '../../src/database/outcome-queries.ts'
import { finishRun, loadRuns, spentSince } from '../../src/database/run-queries.ts'
import type { Evaluation } from '../../src/evaluation/evaluation.ts'
import { inCallOrder } from '../../src/evaluation/in-call-order.ts'
import type { Outcome } from '../../src/evaluation/outcome.ts'
import {
  exampleSummary,
  exampleTime,
  failedOutcome,
  scoredOutcome,
  storeEvaluation,
} from '../support/example-evaluation.ts'
import { forEachDatabase } from '../support/test-databases.ts'

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined })
const count = fc.nat(2_000_000_000)
const milliseconds = fc.double({ min: 0, max: 1e7, noNaN: true })
const points = fc.double({ min: 0, max: 100, noNaN: true })
const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'))
const json = fc.dictionary(
  fc.string({ unit: 'grapheme-ascii' }),
  fc.jsonValue({ noUnicodeString: true }).map((value) => JSON.parse(JSON.stringify(value).replaceAll('\\u0000', ''))),
)

const anyOutcome: fc.Arbitrary<Outcome> = fc
  .record({
    askedAt: fc.date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
    latencyMs: maybe(milliseconds),
    waitedMs: milliseconds,
    attempts: fc.nat(50),
    usage: fc.record({
      inputTokens: maybe(count),
      outputTokens: maybe(count),
      reasoningTokens: maybe(count),
      cachedInputTokens: maybe(count),
    }),
    costUsd: maybe(fc.double({ min: 0, max: 1000, noNaN: true })),
    rawText: maybe(text),
    modelVersion: maybe(text),
    warnings: fc.array(text),
  })
  .chain((asked) =>
    fc.oneof(
      fc
        .record({ kind: fc.constantFrom('timeout' as const, 'malformed' as const), message: text })
        .map((failure) => failedOutcome({ ...asked, failure })),
      fc
        .record({
          answer: json,
          form: fc.constantFrom('plain' as const, 'fenced' as const, 'surrounded' as const),
          schemaErrors: fc.array(text),
          accuracy: points,
          completeness: points,
          fields: fc.array(fc.record({ path: text, scorer: text, weight: points, score: fc.option(points) })),
        })
        .map((scored) => scoredOutcome({ ...asked, ...scored })),
    ),
  )

forEachDatabase((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
  })

  async function newEvaluation(): Promise<Evaluation> {
    const { evaluation } = await storeEvaluation(database.db, { status: 'interrupted' })
    return evaluation
  }

  test('an outcome comes back exactly as it was stored, to the last digit', async () => {
    const { id } = await newEvaluation()
    let stored: Outcome[] = []
    await fc.assert(
      fc.asyncProperty(fc.array(anyOutcome, { minLength: 1, maxLength: 8 }), async (outcomes) => {
        const keyed = outcomes.map((outcome) => ({ ...outcome, sampleKey: randomUUID() }))
        await insertOutcomes(database.db, id, keyed)
        stored = [...stored, ...keyed]
      }),
      { numRuns: 25 },
    )
    const byKey = (a: Outcome, b: Outcome) => (a.sampleKey < b.sampleKey ? -1 : 1)
    expect((await loadOutcomes(database.db, id)).sort(byKey)).toEqual(stored.sort(byKey))
  })

  test('what a model says and PostgreSQL cannot store is replaced, not lost', async () => {
    const { id } = await newEvaluation()
    const said = 'a\0b\ud800c'
    await insertOutcomes(database.db, id, [scoredOutcome({ rawText: said, answer: { said }, warnings: [said] })])
    const [outcome] = await loadOutcomes(database.db, id)
    expect(outcome).toMatchObject({
      rawText: 'a\ufffdb\ufffdc',
      answer: { said: 'a\ufffdb\ufffdc' },
      warnings: ['a\ufffdb\ufffdc'],
    })
  })

  test('a sample asked once is recorded once: the first outcome stands', async () => {
    const { id } = await newEvaluation()
    await insertOutcomes(database.db, id, [scoredOutcome({ accuracy: 70 }), scoredOutcome({ repeat: 1 })])
    await insertOutcomes(database.db, id, [scoredOutcome({ accuracy: 10 }), failedOutcome({ repeat: 2 })])
    const outcomes = await loadOutcomes(database.db, id)
    expect(outcomes.map(({ repeat, status }) => [repeat, status])).toEqual([
      [0, 'scored'],
      [1, 'scored'],
      [2, 'failed'],
    ])
    expect(outcomes[0]).toMatchObject({ accuracy: 70 })
  })

  test('thousands of outcomes are one statement', async () => {
    const { id } = await newEvaluation()
    const outcomes = Array.from({ length: 5_000 }, (_, number) => scoredOutcome({ sampleKey: `s${number}` }))
    await insertOutcomes(database.db, id, outcomes)
    expect(await loadAskedCalls(database.db, id)).toHaveLength(5_000)
  })

  test('read in pages, the outcomes are the same ones, however many there are', async () => {
    const { id, models } = await newEvaluation()
    const outcomes = Array.from({ length: 1_000 }, (_, number) =>
      scoredOutcome({ sampleKey: `s${number % 400}`, repeat: Math.floor(number / 400) }),
    )
    await insertOutcomes(database.db, id, outcomes)
    const paged: Outcome[] = []
    const sampleKeys = Array.from({ length: 400 }, (_, number) => `s${number}`)
    for await (const outcome of eachOutcome(database.db, { id, models, sampleKeys })) paged.push(outcome)
    expect(inCallOrder(paged)).toEqual(inCallOrder(await loadOutcomes(database.db, id)))
    expect(paged).toHaveLength(1_000)
  })

  test('what was asked already is counted by model and repeat', async () => {
    const { id } = await newEvaluation()
    const lite = 'gemini-2.0-flash-lite-001'
    await insertOutcomes(database.db, id, [
      scoredOutcome(),
      failedOutcome({ sampleKey: 'b' }),
      scoredOutcome({ repeat: 1 }),
      scoredOutcome({ model: lite }),
    ])
    const flash = 'gemini-2.0-flash-001'
    expect(await countOutcomes(database.db, id)).toEqual([
      { model: flash, repeat: 0, asked: 2, scored: 1, failed: 1 },
      { model: flash, repeat: 1, asked: 1, scored: 1, failed: 0 },
      { model: lite, repeat: 0, asked: 1, scored: 1, failed: 0 },
    ])
    expect(await loadAskedCalls(database.db, id)).toContainEqual({ model: flash, sampleKey: 'b', repeat: 0 })
  })

  test('the measures of several evaluations come without the texts', async () => {
    const [one, two] = [await newEvaluation(), await newEvaluation()]
    await insertOutcomes(database.db, one.id, [scoredOutcome({ costUsd: undefined })])
    await insertOutcomes(database.db, two.id, [failedOutcome()])
    const measures = await loadMeasures(database.db, [one.id, two.id])
    const asked = { model: 'gemini-2.0-flash-001', sampleKey: 'a', repeat: 0, costUsd: undefined }
    expect(measures).toHaveLength(2)
    expect(measures).toContainEqual({
      ...asked,
      evaluationId: one.id,
      status: 'scored',
      failureKind: undefined,
      accuracy: 87.5,
      latencyMs: 812.5,
    })
    expect(measures).toContainEqual({
      ...asked,
      evaluationId: two.id,
      status: 'failed',
      failureKind: 'overloaded',
      accuracy: undefined,
      latencyMs: undefined,
    })
    expect(await loadMeasures(database.db, [])).toEqual([])
  })

  test('the end of a run fills the columns of the source document, rounded, and keeps the summary whole', async () => {
    const { evaluation, runs } = await storeEvaluation(database.db, { status: 'interrupted' })
    await insertOutcomes(database.db, evaluation.id, [
      scoredOutcome(),
      failedOutcome({ sampleKey: 'b', repeat: 0 }),
      scoredOutcome({ sampleKey: 'b', repeat: 1 }),
      failedOutcome({ sampleKey: 'c', repeat: 0 }),
    ])
    const [run] = runs
    const summary = exampleSummary()
    await finishRun(database.db, run?.id ?? '', { status: 'completed', finishedAt: exampleTime, summary })
    const row = await database.db
      .selectFrom('model_test_runs')
      .selectAll()
      .where('id', '=', run?.id ?? '')
      .executeTakeFirst()
    expect(row).toMatchObject({
      test_name: 'Weekly Tier 1 Model Comparison',
      tier_tested: 1,
      test_dataset_version: 'v1',
      test_status: 'completed',
      jobs_tested: 3,
      jobs_failed: 1,
      calls_made: 9,
      calls_failed: 1,
      avg_response_time_ms: 812,
      p50_response_time_ms: 800,
      p95_response_time_ms: 1402,
      p99_response_time_ms: 1501,
      avg_tokens_used: 1020,
      total_tokens_used: 8160,
      accuracy_score: 81.23,
      accuracy_low: 75.5,
      consistency_score: 93.2,
      completeness_score: 98.7,
      cost_usd: 0.001_104,
      role: 'incumbent',
      repeats: 3,
    })
    const [loaded] = await loadRuns(database.db, evaluation.id)
    expect(loaded).toEqual({ ...run, status: 'completed', finishedAt: exampleTime, summary })
  })

  test('unknown figures are NULL, and a token count beyond the column of the document is not cut', async () => {
    const { runs } = await storeEvaluation(database.db, { status: 'interrupted' })
    const none = { mean: null, p50: null, p95: null, p99: null }
    const summary = exampleSummary({
      accuracy: null,
      accuracyCi95: null,
      latencyMs: none,
      costUsd: null,
      tokens: { input: 3e9, output: null, total: 3e9 },
      scores: { accuracy: null, speed: null, cost: null, total: null },
    })
    await finishRun(database.db, runs[0]?.id ?? '', { status: 'invalid', finishedAt: exampleTime, summary })
    const row = await database.db
      .selectFrom('test_runs')
      .selectAll()
      .where('id', '=', runs[0]?.id ?? '')
      .executeTakeFirst()
    expect(row).toMatchObject({
      accuracy_score: null,
      accuracy_low: null,
      p50_response_time_ms: null,
      cost_usd: null,
      avg_tokens_used: null,
      total_tokens_used: null,
      total_input_tokens: 3e9,
      total_score: null,
    })
  })

  test('what was spent since a time is the sum of the known costs', async () => {
    const { id } = await newEvaluation()
    const askedAt = new Date('2031-01-01T00:00:00Z')
    await insertOutcomes(database.db, id, [
      scoredOutcome({ askedAt, costUsd: 0.25 }),
      scoredOutcome({ askedAt, costUsd: 0.5, repeat: 1 }),
      failedOutcome({ askedAt, repeat: 2 }),
    ])
    expect(await spentSince(database.db, askedAt)).toBe(0.75)
    expect(await spentSince(database.db, new Date('2032-01-01T00:00:00Z'))).toBe(0)
  })
})
