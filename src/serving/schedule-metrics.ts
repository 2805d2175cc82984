import type { Kysely } from 'kysely'
import { Counter, Gauge, type Registry } from 'prom-client'
import { unfinishedSlots } from '../database/slot-queries.ts'
import type { Tables } from '../database/tables.ts'
import type { Carried } from '../scheduling/slot-end.ts'
import { stageOf } from '../scheduling/stage.ts'

/** Figures of the schedule: of the slots that this process carried, and of what is due and not done by anybody. */
export function scheduleMetrics(registry: Registry, db: Kysely<Tables>, now: () => Date): (carried: Carried) => void {
  const registers = [registry]
  const slots = new Counter({
    name: 'incumbent_schedule_slots_total',
    help: 'Slots of the schedule that were carried here, by schedule and by what became of them.',
    labelNames: ['schedule', 'state'],
    registers,
  })
  const cycles = new Counter({
    name: 'incumbent_cycles_total',
    help: 'Cycles of the schedule whose report was made here, or could not be.',
    labelNames: ['state'],
    registers,
  })
  const last = new Gauge({
    name: 'incumbent_last_slot_timestamp_seconds',
    help: 'When a slot of the schedule was last done here.',
    labelNames: ['schedule'],
    registers,
  })
  new Gauge({
    name: 'incumbent_schedule_slots_unfinished',
    help: 'Slots that are due and not done, by state.',
    labelNames: ['state'],
    registers,
    async collect() {
      const open = await unfinishedSlots(db).catch(() => undefined)
      if (open === undefined) return this.reset()
      for (const state of ['waiting', 'running'] as const) {
        this.set({ state }, open.filter((slot) => slot.state === state).length)
      }
    },
  })
  return ({ slot, state }) => {
    slots.inc({ schedule: slot.schedule, state })
    if (state === 'done') last.set({ schedule: slot.schedule }, now().getTime() / 1000)
    if (stageOf(slot).stage === 'report' && state !== 'waiting') cycles.inc({ state })
  }
}
