import { nextSlots } from '../../scheduling/next-slots.ts'
import { maintainLiveTables } from '../../serving/gateway/traffic/maintenance.ts'
import { type CycleListener, silentListener } from '../../workflows/cycle-listener.ts'
import type { Senders } from '../../workflows/delivery/deliver-due.ts'
import { tickRollouts } from '../../workflows/rollout/decide-rollout.ts'
import { carryDueSlots } from './carry-due-slots.ts'
import { castTiers } from './cast.ts'
import { deliverAll } from './deliver-all.ts'
import type { DemoClock } from './demo-clock.ts'
import type { DemoWorld } from './demo-world.ts'

export interface PlayedWeek {
  week: number
  /** Midnight. */
  sunday: Date
  /** When the next one begins, or the play ends. */
  until: Date
}

export const demoWeeks = 12
const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Always the same, so that a seed tells the same story again. */
const firstSunday = new Date('2026-01-04T00:00:00Z')
/** Applications have been there before, so that it is known how the first holders do. */
export const demoStart = new Date(firstSunday.getTime() - 13 * dayMs)
/** To Tuesday noon, when the dashboard opens. */
const lastDays = 2.5
/** Of Sundays; on other days as much happens at once as on a whole one. */
const sundayStepMs = dayMs / 2
const tidyDays = 3
/** Of a cycle, with several at the same time. */
const callMs = 250

/**
 * Plays week after week: the slots of the schedule, and on all days the requests of applications with what gateway and
 * guards make of them, and the messages.
 */
export async function* playWeeks(
  world: DemoWorld,
  senders: Senders,
  signal: AbortSignal,
  weeks = demoWeeks,
): AsyncGenerator<PlayedWeek, void, undefined> {
  const pass = async (until: Date, withSchedule: boolean) => {
    while (world.clock.now() < until) {
      signal.throwIfAborted()
      await passStep(world, until, withSchedule, signal)
      await deliverAll(world.workspace, senders, signal)
    }
  }
  await pass(firstSunday, false)
  await carryDueSlots(world.workspace, silentListener, signal)
  for (let week = 1; week <= weeks; week += 1) {
    const sunday = world.clock.now()
    await world.beginWeek(week)
    const until = new Date(sunday.getTime() + (week === weeks ? lastDays : 7) * dayMs)
    await pass(until, true)
    // The pages show costs up to the minute.
    if (week === weeks) await maintainLiveTables(world.workspace.database, world.clock, signal)
    yield { week, sunday, until }
  }
}

/** To the next slot, or by some hours. */
async function passStep(
  { workspace, clock, traffic, applications }: DemoWorld,
  until: Date,
  withSchedule: boolean,
  signal: AbortSignal,
): Promise<void> {
  const from = clock.now()
  const stepMs = from.getUTCDay() === 0 ? sundayStepMs : dayMs
  const end = new Date(Math.min(until.getTime(), from.getTime() + stepMs))
  const [slot] = withSchedule ? nextSlots(workspace.config, from) : []
  if (slot !== undefined && slot.dueAt <= end) {
    clock.moveTo(slot.dueAt)
    await carryDueSlots(workspace, takingTime(clock), signal)
    return traffic.refresh()
  }
  clock.moveTo(end)
  const days = (end.getTime() - from.getTime()) / dayMs
  for (const { id, requestsPerDay } of castTiers) await applications.ask(id, Math.round(requestsPerDay * days))
  await traffic.settled()
  await tickRollouts(workspace)
  await traffic.refresh()
  if (end.getTime() % (tidyDays * dayMs) < stepMs) await maintainLiveTables(workspace.database, clock, signal)
}

/** An evaluation takes time; told beforehand, so that it does not depend on how far the calls of a dropped model got. */
function takingTime(clock: DemoClock): CycleListener {
  return {
    ...silentListener,
    planned({ models }) {
      const calls = models.reduce((sum, { planned }) => sum + planned, 0)
      clock.moveTo(new Date(clock.now().getTime() + calls * callMs))
    },
  }
}
