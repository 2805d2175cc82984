import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Config, loadConfig } from '../../src/config/config.ts'
import type { Database } from '../../src/database/database.ts'
import { rollUpMinutes } from '../../src/database/live-minute-queries.ts'
import { insertObservations } from '../../src/database/observation-queries.ts'
import { currentRollouts } from '../../src/database/rollout-queries.ts'
import { seedAssignment } from '../../src/database/seed-assignments.ts'
import { addToTallies } from '../../src/database/tally-queries.ts'
import { emptyTally, type Tally } from '../../src/rollout/live/count-observation.ts'
import type { Rollout } from '../../src/rollout/rollout.ts'
import { silentListener } from '../../src/workflows/cycle-listener.ts'
import { wholeRequest } from '../../src/workflows/cycle-request.ts'
import { decideRollout } from '../../src/workflows/rollout/decide-rollout.ts'
import { judgeRollout } from '../../src/workflows/rollout/judge-rollout.ts'
import { runCycle } from '../../src/workflows/run-cycle.ts'
import { syncRegistry } from '../../src/workflows/sync-registry.ts'
import type { Workspace } from '../../src/workflows/workspace.ts'
import { exampleDeliveries } from './example-deliveries.ts'
import { exampleObservation } from './example-rollout.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'

export interface ExampleWeeks {
  workspace: Workspace
  /** Stands on Thursday 19 November 2026, 08:40 UTC. */
  clock: FakeClock
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** The first of eight Sundays; the last one is 15 November. */
const start = new Date('2026-09-27T00:00:00Z')

/** From the last Sunday to Thursday, 08:40. */
const lastHours = 4 * 24 + 8 + 40 / 60

/** Share of wrong answers, milliseconds, US dollars per 1,000 tokens of input and of output. */
const models = {
  'sim-flash': [0.1, 1380, 0.0001, 0.0004],
  'sim-flash-lite': [0.09, 790, 0.000_075, 0.0003],
  'sim-swift': [0.16, 620, 0.000_05, 0.0002],
  'sim-next': [0.09, 1290, 0.0001, 0.0004],
  'sim-mini': [0.09, 700, 0.000_06, 0.0003],
  'sim-pro': [0.09, 2900, 0.001_25, 0.005],
} as const
type Name = keyof typeof models

/**
 * Eight weeks of three tiers, all through the workflows that serve the commands; the models are simulated and say so.
 * Tier 1 is half-way to a newcomer of the last week, tier 2 was switched by a person, and on tier 3 a faster model failed
 * on live requests and was rolled back. It takes half a minute: tests copy what was made once (`openExampleWeeks`).
 * @param folder gets the configuration
 */
export async function exampleWeeks(database: Database, folder: string): Promise<ExampleWeeks> {
  const clock = createFakeClock({ start })
  await dateFirstSeats(database)
  let workspace = await openWeek(database, clock, folder, 0)
  for (let week = 0; week < 8; week += 1) {
    workspace = await openWeek(database, clock, folder, week)
    await passUntil(clock, week, 0)
    await answerLive(database, clock.now(), { week, days: 7 })
    await runCycle(workspace, { ...wholeRequest, repeats: 1 }, 'schedule', silentListener, new AbortController().signal)
    await passWeek(workspace, clock, week)
  }
  await passUntil(clock, 7, lastHours)
  await answerLive(database, clock.now(), { week: 7, days: lastHours / 24 })
  await exampleDeliveries(workspace)
  return { workspace, clock }
}

/** The seats of the document stand there since the tables were made, whenever that was: before all else, here. */
async function dateFirstSeats({ db }: Database): Promise<void> {
  await sql`alter table assignment_history disable trigger user`.execute(db)
  await db
    .updateTable('assignment_history')
    .set({ assigned_at: new Date(start.getTime() - dayMs) })
    .execute()
  await sql`alter table assignment_history enable trigger user`.execute(db)
}

/** What happens between two Sundays: live requests, and what the guards and people make of them. */
async function passWeek(workspace: Workspace, clock: FakeClock, week: number): Promise<void> {
  for (const hour of [30, 60, 90]) {
    await passUntil(clock, week, hour)
    for (const rollout of await currentRollouts(workspace.database.db)) {
      const { tier, kind, state } = rollout
      if (kind !== 'challenge' || state.stage === 'full') continue
      if (state.stage === 'proposed') {
        await judgeRollout(workspace, tier, 'approve', {
          by: 'manual:Maria',
          reason: 'half the price, and quick enough',
        })
      } else if (week < 7) {
        await count(workspace, rollout, 2700, 300, tier === 3 && state.stage === 'partial' ? 0.09 : 0.004)
      } else if (hour < 90) {
        await count(workspace, rollout, 2100, 231, 0.004)
      }
      await decideRollout(workspace, rollout.id)
    }
  }
}

/** What the arms of a rollout have seen since its counts began. */
async function count(
  workspace: Workspace,
  { id, countsEpoch }: Rollout,
  held: number,
  tried: number,
  errorRate: number,
) {
  const tally = (n: number, rate: number): Tally => ({
    ...emptyTally,
    n,
    errors: Math.round(n * rate),
    slow: Math.round(n * 0.04),
    compared: Math.round(n * 0.9),
    disagree: Math.round(n * 0.03),
  })
  const { db } = workspace.database
  await db.transaction().execute((trx) =>
    addToTallies(trx, [
      { rolloutId: id, countsEpoch, arm: 'incumbent', tally: tally(held, 0.003) },
      { rolloutId: id, countsEpoch, arm: 'challenger', tally: tally(tried, errorRate) },
    ]),
  )
}

/** Live requests of the days before, and their roll-up. */
async function answerLive(database: Database, until: Date, { week, days }: LiveDays): Promise<void> {
  await insertObservations(database.db, liveRequests(until, { week, days }))
  await rollUpMinutes(database.db, new Date(until.getTime() - days * dayMs), until)
}

interface LiveDays {
  week: number
  days: number
}

/** Tier, model, requests a day, tokens of each. */
function liveRequests(until: Date, { week, days }: LiveDays) {
  const requests: [number, Name, number, { inputTokens: number; outputTokens: number }][] = [
    [1, 'sim-flash', 150, { inputTokens: 3000, outputTokens: 500 }],
    [2, week < 1 ? 'sim-pro' : 'sim-flash', 90, { inputTokens: 6000, outputTokens: 900 }],
    [3, 'sim-flash', 90, { inputTokens: 12_000, outputTokens: 1500 }],
  ]
  return requests.flatMap(([tier, model, perDay, tokens]) => {
    const [, latencyMs, inputUsd, outputUsd] = models[model]
    return Array.from({ length: Math.floor(days * perDay) }, (_, index) => {
      const length = 0.8 + (index % 41) / 100
      const usage = {
        inputTokens: Math.round(tokens.inputTokens * length),
        outputTokens: Math.round(tokens.outputTokens * length),
        reasoningTokens: undefined,
        cachedInputTokens: undefined,
      }
      return exampleObservation({
        requestId: `week-${week}-${days}-tier-${tier}-${index}`,
        at: new Date(until.getTime() - ((index + 1) * dayMs) / perDay),
        tier,
        model,
        latencyMs: latencyMs * (0.8 + (index % 50) / 100),
        usage,
        costUsd: (usage.inputTokens * inputUsd + usage.outputTokens * outputUsd) / 1000,
        ...(index % 300 === 7 ? { outcome: 'failed', failureKind: 'timeout', costUsd: undefined } : {}),
      })
    })
  })
}

async function passUntil(clock: FakeClock, week: number, hours: number): Promise<void> {
  const until = start.getTime() + week * 7 * dayMs + hours * hourMs
  await clock.advance(Math.max(0, until - clock.now().getTime()))
}

/** The weeks as they were made before, at their end. */
export function reopenWeeks(database: Database, folder: string): ExampleWeeks {
  const clock = createFakeClock({ start: new Date(start.getTime() + 7 * 7 * dayMs + lastHours * hourMs) })
  return { workspace: { config: configIn(folder), database, clock }, clock }
}

function configIn(folder: string): Config {
  return loadConfig({ cwd: folder, environment: { OLLAMA_HOST: '127.0.0.1:9', INCUMBENT_HOME: join(folder, 'home') } })
}

async function openWeek(database: Database, clock: FakeClock, folder: string, week: number): Promise<Workspace> {
  writeFileSync(join(folder, 'incumbent.yaml'), configurationOf(week))
  const config = configIn(folder)
  const workspace = { config, database, clock }
  await syncRegistry(database.db, config, clock.now())
  for (const { id, initial } of config.tiers) await seedAssignment(database.db, id, initial, clock.now())
  return workspace
}

/** The newest models come late; with another seed the answers of every week differ a little. */
function configurationOf(week: number): string {
  const entries = Object.entries(models).map(
    ([name, [errorRate, latencyMs, input, output]]) =>
      `  - { name: ${name}, provider: simulated, simulated: { errorRate: ${errorRate}, latencyMs: ${latencyMs} }, price: { inputUsdPer1k: ${input}, outputUsdPer1k: ${output}, asOf: 2026-09-01 } }`,
  )
  const swift = week < 4 ? '' : ', sim-swift'
  const mini = week < 3 ? '' : ', sim-mini'
  const next = week < 7 ? '' : ', sim-next'
  const lite = week < 7 ? '' : ', sim-flash-lite'
  return `baselines: [rules-basic]
providers: { simulated: { seed: ${week + 1} } }
models:
${entries.join('\n')}
tiers:
  1: { candidates: [sim-flash, sim-pro${swift}${lite}], initial: sim-flash, rollout: { share: 0.1 } }
  2: { candidates: [sim-pro, sim-flash, gemini-2.0-flash-001], initial: sim-pro, rollout: { policy: approve, share: 0.1 } }
  3: { candidates: [sim-flash, sim-pro${mini}${next}], initial: sim-flash, rollout: { share: 0.1 } }
schedule: { timeZone: Europe/Vienna }
budget: { monthUsd: 15 }
`
}
