import { markInterrupted } from '../database/holds.ts'
import { seatInitialModels } from './seat-initial-models.ts'
import { syncRegistry } from './sync-registry.ts'
import type { Workspace } from './workspace.ts'

/** Brings registry and seats in line with the configuration; evaluations whose process is gone are marked as interrupted. */
export async function bringInLine({ config, database, clock }: Workspace): Promise<void> {
  await markInterrupted(database)
  await syncRegistry(database.db, config, clock.now())
  await seatInitialModels(database.db, config, clock.now())
}
