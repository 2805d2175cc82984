import type { Database } from '../../src/database/database.ts'
import { insertObservations } from '../../src/database/observation-queries.ts'
import { currentRollouts, loadRollout } from '../../src/database/rollout-queries.ts'
import { addToTallies } from '../../src/database/tally-queries.ts'
import { advanceWatch } from '../../src/database/watch-queries.ts'
import { emptyTally, type Tally } from '../../src/rollout/live/count-observation.ts'
import type { LiveObservation } from '../../src/rollout/live/live-observation.ts'
import { watchAfter, watchLimitsOf } from '../../src/rollout/live/seat-watch.ts'
import type { Rollout } from '../../src/rollout/rollout.ts'
import { decideRollout } from '../../src/workflows/rollout/decide-rollout.ts'
import { exampleObservation } from './example-rollout.ts'
import { type Behaviours, simulatedWeeks, type WeekOptions } from './simulated-weeks.ts'

const hourMs = 3_600_000

export const sceneModels: Behaviours = {
  held: 'errorRate: 0.3, latencyMs: 2000',
  better: 'errorRate: 0, latencyMs: 600',
}

export interface SceneOptions {
  /** As YAML in braces, such as `{ policy: approve }`. */
  rollout?: string
  models?: Behaviours
}

/** A tier with live traffic on which an evaluation has just said `switch`. */
export async function rolloutScene(
  database: Database,
  { rollout = '{ policy: auto, share: 0.1 }', models }: SceneOptions = {},
) {
  const { db } = database
  const weeks = simulatedWeeks(database, 40)
  const options: WeekOptions = {
    models: models ?? sceneModels,
    tier: `targets: { latencyMs: 2000, costUsd: 0.002 }, rollout: ${rollout}`,
    request: { racing: false },
  }
  const workspace = await weeks.workspaceOf(options)
  await insertObservations(db, pastRequests(weeks.clock.now(), 'held', 2000))
  const report = await weeks.evaluate(options)
  const [opened] = await currentRollouts(db)
  if (opened === undefined) throw new Error(`No rollout was opened: ${report.followed.join(' ')}`)
  let id = opened.id
  const now = async (): Promise<Rollout> => {
    const rolloutNow = await loadRollout(db, id)
    if (rolloutNow === undefined) throw new Error('The rollout is gone.')
    return rolloutNow
  }
  const decide = async () => decideRollout(workspace, id)
  /** What live requests have counted in the stage since its counts began. */
  const count = async (arms: { incumbent?: Partial<Tally>; challenger?: Partial<Tally> }): Promise<void> => {
    const { countsEpoch } = await now()
    const additions = Object.entries(arms).map(([arm, tally]) => {
      return { rolloutId: id, countsEpoch, arm: arm as 'incumbent' | 'challenger', tally: { ...emptyTally, ...tally } }
    })
    await db.transaction().execute((trx) => addToTallies(trx, additions))
  }
  const hours = (passed: number) => weeks.clock.advance(passed * hourMs)
  return {
    db,
    weeks,
    options,
    workspace,
    report,
    id,
    now,
    decide,
    count,
    hours,
    /** From here on it is about the rollout that is on its way now. */
    follow: async (): Promise<void> => {
      id = (await currentRollouts(db))[0]?.id ?? id
    },
    /** The challenger shows itself healthy in the stage, and the stage ends. */
    prove: async (): Promise<void> => {
      await count({ incumbent: { n: 2700, errors: 20, slow: 120 }, challenger: { n: 300, errors: 2, slow: 12 } })
      await hours(25)
      await decide()
    },
    /** Requests of the new holder of the seat. */
    serve: async (observation: Partial<LiveObservation>, times: number): Promise<void> => {
      const { state, baseline, settings, countsEpoch, challenger } = await now()
      if (state.stage !== 'full') throw new Error(`The rollout is in ${state.stage}.`)
      const limits = watchLimitsOf(state, baseline, settings.guards.toleratedSlow)
      if (limits === undefined) throw new Error('Nothing watches the seat.')
      const seen = exampleObservation({ model: challenger, at: weeks.clock.now(), latencyMs: 500, ...observation })
      await insertObservations(
        db,
        Array.from({ length: times }, () => seen),
      )
      await db.transaction().execute((trx) =>
        advanceWatch(trx, id, countsEpoch, (watch) => {
          let after = watch
          for (let time = 0; time < times; time += 1) after = watchAfter(after, seen, limits)
          return after
        }),
      )
    },
  }
}

/** Healthy requests of the last two days, one of a hundred failed. */
export function pastRequests(until: Date, model: string, count: number): LiveObservation[] {
  return Array.from({ length: count }, (_, index) =>
    exampleObservation({
      requestId: `past-${index}`,
      at: new Date(until.getTime() - (index + 1) * 60_000),
      model,
      latencyMs: 700 + (index % 100) * 5,
      ...(index % 100 === 0 ? { outcome: 'failed', failureKind: 'timeout' } : {}),
    }),
  )
}
