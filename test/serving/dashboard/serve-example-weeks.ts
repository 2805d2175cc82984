import { afterAll } from 'vitest'
import { runService } from '../../../src/serving/run-service.ts'
import type { Workspace } from '../../../src/workflows/workspace.ts'
import { openExampleWeeks } from '../../support/open-example-weeks.ts'

/**
 * A service over a copy of the example weeks, until the suite ends. The first test file that wants them waits until they
 * are made.
 * @param isScheduled whether it keeps the schedule as well, which takes time to set up its queue
 */
export async function serveExampleWeeks(isScheduled = false): Promise<{ workspace: Workspace; url: string }> {
  const { workspace } = await openExampleWeeks()
  const runCommand = () => Promise.resolve(0)
  const writeLog = () => undefined
  const service = await runService(workspace, { host: '127.0.0.1', port: 0, runCommand, writeLog, isScheduled })
  // Hooks run in the reverse order: before the database is closed.
  afterAll(() => service.stop())
  return { workspace, url: service.url }
}
