import { type ListedEvaluation, listEvaluationPage } from '../../database/evaluation-page-queries.ts'
import { toCursor } from '../../shared/cursor.ts'
import type { Workspace } from '../workspace.ts'
import { iso } from './iso.ts'
import { listPosition } from './list-position.ts'

export interface EvaluationsRequest {
  tier: number | undefined
  cursor: string | undefined
  limit: number
}

export interface EvaluationsPage {
  items: EvaluationItem[]
  /** Cursor of the page that follows; null: this is the last. */
  next: string | null
}

/** An evaluation as a line of the list; times are ISO 8601, unknown is null. */
export type EvaluationItem = Omit<ListedEvaluation, 'startedAt' | 'finishedAt'> & {
  startedAt: string
  finishedAt: string | null
}

/**
 * The newest first.
 * @throws UserError for a cursor that was not made here
 */
export async function loadEvaluationsPage(
  { database: { db } }: Workspace,
  { tier, cursor, limit }: EvaluationsRequest,
): Promise<EvaluationsPage> {
  const rows = await listEvaluationPage(db, { tier, after: listPosition(cursor), limit: limit + 1 })
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return {
    items: items.map((row) => ({ ...row, startedAt: row.startedAt.toISOString(), finishedAt: iso(row.finishedAt) })),
    next: hasMore ? toCursor([last.startedAt.toISOString(), last.id]) : null,
  }
}
