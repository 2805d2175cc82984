import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { raiseAlert } from '../../src/database/alert-queries.ts'
import { assign } from '../../src/database/assignment-queries.ts'
import type { Database } from '../../src/database/database.ts'
import { insertDeliveries } from '../../src/database/delivery-queries.ts'
import { finishEvaluation } from '../../src/database/evaluation-queries.ts'
import { importGoldenJobs } from '../../src/database/golden-job-queries.ts'
import { rollUpMinutes } from '../../src/database/live-minute-queries.ts'
import { insertModel } from '../../src/database/model-queries.ts'
import { insertObservations } from '../../src/database/observation-queries.ts'
import { insertOutcomes } from '../../src/database/outcome-queries.ts'
import { pinTier } from '../../src/database/pin-queries.ts'
import { queryReadOnly } from '../../src/database/read-only-query.ts'
import { insertRecommendation } from '../../src/database/recommendation-queries.ts'
import { insertRollout } from '../../src/database/rollout-queries.ts'
import { finishRun } from '../../src/database/run-queries.ts'
import { insertSampleDifferences, insertSampleResults } from '../../src/database/sample-result-queries.ts'
import { addToTallies } from '../../src/database/tally-queries.ts'
import type { Outcome } from '../../src/evaluation/outcome.ts'
import { talliesOf } from '../../src/rollout/live/tallies-of.ts'
import {
  exampleModel,
  exampleSummary,
  exampleTime,
  failedOutcome,
  scoredOutcome,
  storeEvaluation,
} from '../support/example-evaluation.ts'
import { exampleObservation, exampleRollout, incumbent, openedEvent, partialState } from '../support/example-rollout.ts'
import { forEachDatabase } from '../support/test-databases.ts'

interface Question {
  asked: string
  statement: string
}

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'sql.md'), 'utf8')
const questions: Question[] = [...page.matchAll(/^([^\n]+)\n\n```sql\n(.*?)```/gms)].map(
  ([, asked = '', statement = '']) => {
    return { asked, statement }
  },
)

async function fill(database: Database): Promise<void> {
  const { db } = database
  const price = {
    inputUsdPer1k: 0.1,
    outputUsdPer1k: 0.2,
    cachedInputUsdPer1k: undefined,
    asOf: '2026-11-01',
    source: 'page',
  }
  await insertModel(db, exampleModel({ price }), exampleTime)
  await storeEvaluation(db, { tier: 2, status: 'interrupted' })
  const { evaluation, runs } = await storeEvaluation(db)
  const outcomes = evaluation.models.flatMap(({ name: model }): Outcome[] => [
    scoredOutcome({ model }),
    failedOutcome({ model, sampleKey: 'b' }),
  ])
  await insertOutcomes(db, evaluation.id, outcomes)
  await insertSampleResults(db, evaluation.id)
  const moved = { challenger: 'gemini-2.0-flash-lite-001', held: 'gemini-2.0-flash-001', rank: 1, sample: 'a' }
  await insertSampleDifferences(db, evaluation.id, [{ ...moved, accuracy: 5, total: 4, pull: 2 }])
  const end = { status: 'completed', finishedAt: exampleTime } as const
  for (const { id } of runs) await finishRun(db, id, { ...end, summary: exampleSummary() })
  await finishEvaluation(db, evaluation.id, end)
  await raiseAlert(db, {
    kind: 'model-retired',
    severity: 'warning',
    subject: 'A model is gone',
    message: 'It is not tested any more.',
    tier: 1,
    model: exampleModel().name,
    evaluationId: evaluation.id,
    raisedAt: exampleTime,
  })
  const trial = { key: 'trial:1:slack', channel: 'slack', recipient: '#models', kind: 'trial' } as const
  await insertDeliveries(db, [{ ...trial, createdAt: exampleTime }])
  const verdict = {
    decision: 'keep',
    reasoning: 'nothing is better',
    consumedLook: true,
    target: undefined,
    confidence: 0.9,
  }
  const parts = { input: {}, analysis: {}, recommendation: {}, decidedAt: exampleTime }
  const { id: evaluationId, tier, incumbent } = evaluation
  await insertRecommendation(db, { id: randomUUID(), evaluationId, tier, incumbent, ...verdict, ...parts })
  const lite = { model: 'gemini-2.0-flash-lite-001', assignedBy: 'auto', reason: 'verdict' } as const
  await assign(db, { tier, ...lite, at: exampleTime, evaluationId })
  await assign(db, { tier, model: 'qwen3-4b', assignedBy: 'auto', reason: 'verdict', at: exampleTime, evaluationId })
  const sample = {
    key: 'a',
    input: { text: 'x' },
    category: 'finance',
    complexity: 'simple',
    cluster: undefined,
    notes: undefined,
  } as const
  await importGoldenJobs(
    db,
    { name: 'job-analysis', version: 'v1', samples: [sample], targets: new Map() },
    exampleTime,
  )
  await fillLive(database)
}

async function fillLive({ db }: Database): Promise<void> {
  const rollout = exampleRollout({ tier: 2, state: partialState() })
  await insertRollout(db, rollout, openedEvent)
  const of = { rolloutId: rollout.id, countsEpoch: 0, stage: 'partial', tier: 2 } as const
  const observations = [exampleObservation(of), exampleObservation({ ...of, attempt: 1, outcome: 'failed' })]
  await insertObservations(db, observations)
  await db.transaction().execute((trx) => addToTallies(trx, talliesOf(observations)))
  const [from, until] = [-1, 1].map(
    (minutes) => new Date(Math.floor(exampleTime.getTime() / 60_000 + minutes) * 60_000),
  )
  await rollUpMinutes(db, from ?? exampleTime, until ?? exampleTime)
  await pinTier(db, { tier: 3, model: incumbent, by: 'manual:ada', reason: 'a launch', at: exampleTime })
}

test('the page has questions', () => {
  expect(questions.length).toBeGreaterThan(10)
  expect(questions).toHaveLength(page.split('```sql').length - 1)
})

forEachDatabase((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
    await fill(database)
  })

  describe('the query of docs/sql.md to the question', () => {
    for (const { asked, statement } of questions) {
      test(`"${asked}" gives an answer`, async () => {
        const { rows } = await queryReadOnly(database, statement)
        expect(rows.length).toBeGreaterThan(0)
      })
    }
  })
})
