import type { Kysely } from 'kysely'
import { rolloutEvents } from '../../database/rollout-queries.ts'
import type { Tables } from '../../database/tables.ts'
import type { Guard } from '../../reporting/charts/guard-row.ts'
import type { Stage as TrackStage } from '../../reporting/charts/stage-track.ts'
import type { RolloutCounts, RolloutStep } from '../../rollout/guards/rollout-counts.ts'
import { isEnded, isRunning, type Rollout, type Stage, type StageBefore } from '../../rollout/rollout.ts'
import { stateSentence } from '../../rollout/state-sentence.ts'
import { rate } from '../../shared/format-number.ts'
import { type LookedAt, stepLook } from '../rollout/looks.ts'
import { rolloutProgress } from '../rollout/rollout-progress.ts'

/** A rollout as pages show it. Times are ISO 8601; unknown is null. */
export interface RolloutPicture {
  id: string
  kind: Rollout['kind']
  stage: Stage
  incumbent: string
  challenger: string
  /** Of the requests, to the challenger; null outside of a partial rollout. */
  share: number | null
  since: string
  sentence: string
  /** What it waits for. */
  progress: string | null
  /** Whether nothing goes on without a person. */
  waitsForPerson: boolean
  stages: StagePicture[]
  guards: Omit<Guard, 'isSimulated'>[]
}

export interface StagePicture extends TrackStage {
  /** What was seen in it, and what it needs. */
  seen: string
  needs: string
}

/** @param at the time, and the configuration */
export async function rolloutPicture(
  db: Kysely<Tables>,
  rollout: Rollout,
  at: Pick<LookedAt, 'config' | 'now'>,
): Promise<RolloutPicture> {
  const { id, kind, state, incumbent, challenger } = rollout
  const event = await stepLook({ ...at, db, rollout })
  const looked = event?.kind === 'step' ? event : undefined
  return {
    id,
    kind,
    incumbent,
    challenger,
    stage: state.stage,
    share: state.stage === 'partial' ? state.share : null,
    since: state.since.toISOString(),
    sentence: stateSentence(rollout),
    progress: (await rolloutProgress(db, rollout, at, event)) ?? null,
    waitsForPerson: waitsForPerson(rollout),
    stages: stagesOf(rollout, await stageReached(db, rollout), looked?.counts),
    guards: looked === undefined ? [] : guardsOf(rollout, looked.counts, looked.step),
  }
}

function waitsForPerson({ state }: Rollout): boolean {
  switch (state.stage) {
    case 'proposed':
    case 'paused':
    case 'incident':
      return true
    case 'shadow':
      return state.waitsFor === 'approval'
    case 'full':
      return state.incident !== undefined || state.alarmedAt !== undefined
    default:
      return false
  }
}

type Reached = 'none' | 'shadow' | 'partial' | 'full'

async function stageReached(db: Kysely<Tables>, { id, state }: Rollout): Promise<Reached> {
  if (isRunning(state) || state.stage === 'full') return state.stage
  if ('from' in state) return (state.from satisfies StageBefore).stage
  if (!isEnded(state)) return 'none'
  const [last] = await rolloutEvents(db, { rolloutId: id }, 1)
  const from = last?.fromStage
  return from === 'shadow' || from === 'partial' || from === 'full' ? from : 'none'
}

const order: Reached[] = ['none', 'shadow', 'partial', 'full']

function stagesOf(rollout: Rollout, reached: Reached, counts: RolloutCounts | undefined): StagePicture[] {
  const { settings, state } = rollout
  const share = state.stage === 'partial' ? state.share : settings.steps[0]
  const isOver = isEnded(state)
  const stateOf = (stage: Reached): TrackStage['state'] => {
    const [place, now] = [order.indexOf(stage), order.indexOf(reached)]
    if (place < now || (stage === 'full' && state.stage === 'full')) return 'done'
    if (place > now) return 'ahead'
    return isOver ? 'stopped' : 'now'
  }
  const seenOf = (stage: Reached) => (stage === reached && counts !== undefined ? countedWords(counts) : '')
  const progressOf = (stage: 'shadow' | 'partial') =>
    stage === reached && counts !== undefined ? progressIn(counts, settings[stage]) : 0
  return [
    ...(['shadow', 'partial'] as const).map((stage) => ({
      name: stage === 'shadow' ? 'Shadow' : `Partial${share === undefined ? '' : ` ${rate(share)}`}`,
      state: stateOf(stage),
      progress: progressOf(stage),
      seen: seenOf(stage),
      needs: `needs ${settings[stage].requests} requests and ${settings[stage].hours} h`,
    })),
    { name: 'Full', state: stateOf('full'), progress: 0, seen: '', needs: fullWords(rollout) },
  ]
}

/** The slower of requests and hours. */
function progressIn({ canary, hours }: RolloutCounts, needs: { requests: number; hours: number }): number {
  return Math.min(1, canary.n / needs.requests, needs.hours === 0 ? 1 : hours / needs.hours)
}

function countedWords({ stage, canary, hours }: RolloutCounts): string {
  const verb = stage === 'shadow' ? 'compared' : 'answered'
  return `${canary.n.toLocaleString('en-US')} requests ${verb} over ${Math.floor(hours)} h`
}

function fullWords({ settings: { policy }, state }: Rollout): string {
  if (state.stage === 'full') return 'holds the seat and is watched'
  return policy === 'auto' ? 'takes the seat when that is proven' : 'takes the seat when a person agrees'
}

/** What live requests are held to in a running stage (decisions.md section 6.3). */
function guardsOf(
  { settings: { guards } }: Rollout,
  { canary }: RolloutCounts,
  { p0Error, p0Invalid, upper95, alarms }: RolloutStep,
): RolloutPicture['guards'] {
  const guard = (name: string, events: number, bound: number, limit: number, alarm: RolloutStep['alarms'][number]) => ({
    name,
    seen: canary.n === 0 ? null : events / canary.n,
    bound: canary.n === 0 ? null : bound,
    limit,
    hasAlarm: alarms.includes(alarm),
  })
  return [
    guard('Failed requests', canary.errors, upper95.error, guards.boundFactor * p0Error, 'error'),
    guard('Answers outside the schema', canary.invalid, upper95.invalid, guards.boundFactor * p0Invalid, 'invalid'),
    guard('Slower than the incumbent’s p95', canary.slow, upper95.latency, guards.slowBound, 'latency'),
  ]
}
