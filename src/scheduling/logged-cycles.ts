import type { CycleListener } from '../workflows/cycle-listener.ts'
import type { ScheduleLog } from './schedule-log.ts'

/** What happens in the cycles of the schedule, as events of the log. */
export function loggedCycles(log: ScheduleLog): CycleListener {
  return {
    planned: ({ id, tier, dataset, samples, models }) => {
      log('evaluation begins', { evaluation: id, tier, dataset, samples, models: models.length })
    },
    outcome: () => {},
    planMore: (model, calls) => log('evaluation asks more', { model, calls }),
    note: (message) => log('evaluation', { message }),
    finished: () => log('evaluation decided', {}),
    stopped: () => log('evaluation stopped', {}, 'warn'),
  }
}
