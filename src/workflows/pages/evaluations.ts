import {
  type EvaluationColumn,
  type ListedEvaluation,
  listEvaluationPage,
} from '../../database/evaluation-page-queries.ts'
import type { ListSort } from '../../database/list-order.ts'
import type { Workspace } from '../workspace.ts'
import { iso } from './iso.ts'
import { datedPosition, listCursor } from './list-position.ts'

export interface EvaluationsRequest {
  tier: number | undefined
  /** Undefined: the newest first. */
  sort?: ListSort<EvaluationColumn> | undefined
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
 * The newest first, or in the order of a column.
 * @throws UserError for a cursor that was not made here
 */
export async function loadEvaluationsPage(
  { database: { db } }: Workspace,
  { tier, sort, cursor, limit }: EvaluationsRequest,
): Promise<EvaluationsPage> {
  const rows = await listEvaluationPage(db, { tier, sort, after: datedPosition(cursor, sort), limit: limit + 1 })
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(({ sortedAt: _at, ...row }) => ({
      ...row,
      startedAt: row.startedAt.toISOString(),
      finishedAt: iso(row.finishedAt),
    })),
    next:
      rows.length > limit && last !== undefined
        ? listCursor(sort, { at: last.sortedAt, rest: [last.startedAt.toISOString(), last.id] })
        : null,
  }
}
