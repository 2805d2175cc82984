import type { CycleListener } from '../workflows/cycle-listener.ts'
import type { ScheduleLog } from './schedule-log.ts'

/** What happens in the cycles of the schedule, as events of the log. */
export function loggedCycles(log: ScheduleLog): CycleListener {
  let planned: { evaluation?: string; tier?: number } = {}
  return {
    planned: ({ id, tier, dataset, samples, models }) => {
      planned = { evaluation: id, tier }
      log('evaluation begins', { ...planned, dataset, samples, models: models.length })
    },
    outcome: () => {},
    planMore: (model, calls) => log('evaluation asks more', { ...planned, model, calls }),
    note: (message) => log('evaluation', { message }),
    finished: () => log('evaluation decided', planned),
    stopped: () => log('evaluation stopped', planned, 'warn'),
  }
}
