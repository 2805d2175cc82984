import type { Kysely } from 'kysely'
import type { Outcome } from '../evaluation/outcome.ts'
import { insertOutcomes } from './outcome-queries.ts'
import type { Tables } from './tables.ts'

/** Stores outcomes in groups, so that many calls at once do not wait for a commit each. */
export interface OutcomeWriter {
  /** Resolves when the outcome is durable; rejects, like every save of its group, when it could not be stored. */
  save(outcome: Outcome): Promise<void>
  /** Stores what waits now; resolves when nothing is on its way any more, and rejects when a group on its way failed. */
  flush(): Promise<void>
}

interface Group {
  outcomes: Outcome[]
  isDue: boolean
  stored: Promise<void>
  resolve: () => void
  reject: (reason: unknown) => void
}

/** @param maxDelayMs longest time that an outcome waits for others to be stored with, when no group is being stored */
export function createOutcomeWriter(
  db: Kysely<Tables>,
  evaluationId: string,
  { maxDelayMs = 50 }: { maxDelayMs?: number } = {},
): OutcomeWriter {
  const unsettled = new Set<Promise<void>>()
  let open: Group | undefined
  let isStoring = false

  function openGroup(): Group {
    const { promise: stored, resolve, reject } = Promise.withResolvers<void>()
    const group: Group = { outcomes: [], isDue: false, stored, resolve, reject }
    unsettled.add(stored)
    // A timer takes a millisecond at least; what came with this outcome is in the group before the next turn, too.
    if (maxDelayMs === 0) setImmediate(() => storeNow(group))
    else setTimeout(() => storeNow(group), maxDelayMs)
    return group
  }

  function storeNow(group: Group | undefined): void {
    if (group !== undefined) group.isDue = true
    if (!isStoring) void storeDueGroups()
  }

  /** One statement at a time; what comes meanwhile is stored together by the next. */
  async function storeDueGroups(): Promise<void> {
    isStoring = true
    while (open?.isDue === true) {
      const group = open
      open = undefined
      await insertOutcomes(db, evaluationId, group.outcomes).then(group.resolve, group.reject)
      unsettled.delete(group.stored)
    }
    isStoring = false
  }

  return {
    save(outcome) {
      open ??= openGroup()
      open.outcomes.push(outcome)
      return open.stored
    },
    async flush() {
      const awaited = [...unsettled]
      storeNow(open)
      await Promise.all(awaited)
    },
  }
}
