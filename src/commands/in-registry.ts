import type { Command } from 'commander'
import type { Workspace } from '../workflows/workspace.ts'
import { configured } from './configured.ts'

/** Runs `work` with the configuration of the command and its open database; what it needs is loaded only then. */
export async function inRegistry<T>(command: Command, work: (workspace: Workspace) => Promise<T>): Promise<T> {
  const [{ inWorkspace }, { systemClock }] = await Promise.all([
    import('../workflows/workspace.ts'),
    import('../shared/clock.ts'),
  ])
  return inWorkspace(configured(command), systemClock, work)
}
