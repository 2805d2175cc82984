import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { defaultSettings } from '../../src/analysis/decision-settings.ts'
import type { DecisionSettings } from '../../src/analysis/evaluation-records.ts'
import type { Database } from '../../src/database/database.ts'
import { insertOutcomes } from '../../src/database/outcome-queries.ts'
import { loadRecommendation } from '../../src/database/recommendation-queries.ts'
import type { Evaluation, PlannedModel } from '../../src/evaluation/evaluation.ts'
import type { Outcome } from '../../src/evaluation/outcome.ts'
import type { Decision } from '../../src/recommendation/recommendation.ts'
import { canonicalJson, type JsonValue } from '../../src/shared/json.ts'
import { decideEvaluation } from '../../src/workflows/decide-evaluation.ts'
import { type DecisionInputs, storedInputs } from '../../src/workflows/decision-inputs.ts'
import { loadHistory, noHistoryStart } from '../../src/workflows/history.ts'
import { recommendAgain } from '../../src/workflows/recommend-again.ts'
import { saveDecision } from '../../src/workflows/save-decision.ts'
import type { Workspace } from '../../src/workflows/workspace.ts'
import { failedOutcome, scoredOutcome, storeEvaluation } from '../support/example-evaluation.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { onEmbedded } from '../support/test-databases.ts'

const held = 'gemini-2.0-flash-001'
const rival = 'gemini-2.0-flash-lite-001'

/** Accuracy of a call, or undefined for one that timed out. Latencies have digits that sum differently in another order. */
type Answers = (place: number, repeat: number) => { accuracy: number; latencyMs: number } | undefined

interface Case {
  decision: Decision
  samples: number
  incumbent?: string
  answers: Record<string, Answers>
  settings?: Partial<DecisionSettings>
}

const usual: Answers = (place, repeat) => ({
  accuracy: (place + repeat) % 9 === 0 ? 33.3 : 91.7,
  latencyMs: 1900.1 + ((place * 7 + repeat) % 13) / 3,
})
const faster: Answers = (place, repeat) => {
  const answer = usual(place, repeat)
  return answer && { ...answer, latencyMs: answer.latencyMs / 3.1 }
}
const alike: Answers = (place, repeat) => {
  const answer = usual(place, repeat)
  return answer && { ...answer, latencyMs: answer.latencyMs + (place % 2 === 0 ? 40 : -40) }
}
const failing: Answers = () => undefined

const cases: Case[] = [
  { decision: 'switch', samples: 60, incumbent: held, answers: { [held]: usual, [rival]: faster } },
  { decision: 'recommend', samples: 20, incumbent: held, answers: { [held]: usual, [rival]: faster } },
  { decision: 'keep', samples: 60, incumbent: held, answers: { [held]: usual, [rival]: alike } },
  { decision: 'keep', samples: 12, incumbent: held, answers: { [held]: usual } },
  { decision: 'insufficient_data', samples: 5, incumbent: held, answers: { [held]: usual, [rival]: faster } },
  { decision: 'insufficient_data', samples: 12, incumbent: held, answers: {} },
  { decision: 'invalid_run', samples: 12, incumbent: held, answers: { [held]: failing, [rival]: usual } },
  { decision: 'incumbent_missing', samples: 12, incumbent: held, answers: { [rival]: usual } },
  { decision: 'initial_assignment', samples: 40, answers: { [held]: usual, [rival]: faster } },
]

onEmbedded((databases) => {
  let database: Database
  beforeAll(async () => {
    database = await databases.open()
  })

  test.for(cases)('$decision on $samples samples is the same again from what is stored', async (one) => {
    const outcomes = outcomesOf(one)
    const { evaluation } = await storeEvaluation(database.db, evaluationOf(one))
    const clock = createFakeClock()
    const workspace = { config: {}, database, clock } as unknown as Workspace
    await insertOutcomes(database.db, evaluation.id, outcomes)
    const history = await loadHistory(database.db, evaluation)
    // As they come from providers: in no order at all.
    const came = outcomes.toSorted((a, b) => (Number(a.sampleKey.slice(1)) % 7) - (Number(b.sampleKey.slice(1)) % 7))
    const decided = decideEvaluation(evaluation, came, history)
    expect(decided.recommendation.decision).toBe(one.decision)
    await saveDecision(workspace, evaluation, decided)

    const stored = await loadRecommendation(database.db, evaluation.id)
    const [again] = await recommendAgain(workspace, { evaluation: evaluation.id, tiers: undefined })
    expect(again?.reasoning).toBe(stored?.reasoning)
    for (const part of ['input', 'analysis', 'recommendation'] as const) {
      expect(bytes(again?.[part])).toBe(bytes(stored?.[part]))
    }
  })
})

function bytes(value: object | undefined): string {
  return canonicalJson(JSON.parse(JSON.stringify(value ?? null)) as JsonValue)
}

function keysOf(samples: number): string[] {
  return Array.from({ length: samples }, (_, index) => `s${index}`)
}

function outcomesOf({ samples, answers }: Case): Outcome[] {
  return Object.entries(answers).flatMap(([model, answer]) =>
    keysOf(samples).flatMap((sampleKey, place) =>
      [0, 1, 2].map((repeat) => {
        const found = answer(place, repeat)
        return found === undefined
          ? failedOutcome({ model, sampleKey, repeat, failure: { kind: 'timeout', message: 'too late' } })
          : scoredOutcome({ model, sampleKey, repeat, ...found, completeness: 66.6, costUsd: 0.0013 })
      }),
    ),
  )
}

function evaluationOf({ samples, incumbent, answers, settings }: Case): Partial<Evaluation> {
  const models = Object.keys(answers).map((name): PlannedModel => {
    const role = name === incumbent ? 'incumbent' : 'challenger'
    return { name, role, provider: 'gemini', providerKind: 'gemini', repeats: 3 }
  })
  const inputs = {
    references: { latencyMs: 2000, costUsd: 0.004, provisional: [] },
    settings: { ...defaultSettings, niMargin: 20, ...settings },
    epoch: { shared: {}, models: {} },
    history: noHistoryStart,
    racing: true,
    creep: null,
    rollbackThreshold: null,
    minimumAccuracy: null,
    verifiedBy: [],
    proposals: [],
    clusters: {},
  } as unknown as DecisionInputs
  const sampleKeys = keysOf(samples)
  return { id: randomUUID(), tier: 9, incumbent, models, skipped: [], sampleKeys, decision: storedInputs(inputs) }
}
