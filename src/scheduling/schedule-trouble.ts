import { databaseFailure } from '../database/database-failure.ts'
import type { Workspace } from '../workflows/workspace.ts'
import type { ScheduleLog } from './schedule-log.ts'
import { tellOfOutage, tellOfTrouble, tellThatTroubleIsOver } from './trouble-alerts.ts'

/** A look that fails is followed by the next; people hear of it at once where it can be written down, else when it can. */
export function createTrouble(workspace: Workspace, log: ScheduleLog) {
  let trouble: { since: Date; reason: string; isTold: boolean } | undefined
  return {
    async notice(error: unknown): Promise<void> {
      const reason = (error as Error).message
      if (trouble === undefined) log('schedule cannot look', { message: reason }, 'error')
      const { since = workspace.clock.now(), isTold = false } = trouble ?? {}
      trouble = { since, reason, isTold }
      if (isTold || databaseFailure(error) !== undefined) return
      await tellOfTrouble(workspace, reason).then(
        () => {
          trouble = { since, reason, isTold: true }
        },
        () => undefined,
      )
    },
    async isOver(): Promise<void> {
      if (trouble === undefined) return
      const { since, reason, isTold } = trouble
      log('schedule looks again', { since: since.toISOString() })
      try {
        await (isTold ? tellThatTroubleIsOver(workspace) : tellOfOutage(workspace, since, reason))
        trouble = undefined
      } catch {
        // Away again: it is told when the next look succeeds.
      }
    },
  }
}
