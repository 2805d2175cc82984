import type { Workspace } from '../../workflows/workspace.ts'

/** What every page has at hand. */
export interface PageContext {
  workspace: Workspace
  /** After something was changed: the next request of an application is answered by what holds now. */
  refreshRoutes: () => Promise<void>
}
