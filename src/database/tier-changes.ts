import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** How far the history of a tier has come: seat, rollouts and pins. */
export interface TierMark {
  assignment: number
  event: number
  pin: number
  unpinned: number
}

export async function tierMark(db: Kysely<Tables>, tier: number): Promise<TierMark> {
  const { rows } = await sql<TierMark>`select
    (select coalesce(max(id), 0) from assignment_history where tier = ${tier}) as assignment,
    (select coalesce(max(id), 0) from rollout_events where tier = ${tier}) as event,
    (select coalesce(max(id), 0) from tier_pins where tier = ${tier}) as pin,
    (select count(unpinned_at) from tier_pins where tier = ${tier}) as unpinned`.execute(db)
  const [mark] = rows
  if (mark === undefined) throw new Error('a query of four figures gave none')
  return mark
}

/** Who did what to a tier since then, the oldest first. */
export async function changesSince(
  db: Kysely<Tables>,
  tier: number,
  { assignment, event, pin, unpinned }: TierMark,
): Promise<{ at: Date; by: string; what: string }[]> {
  const { rows } = await sql<{ at: Date; by: string; what: string }>`
    select at, by, sentence as what from rollout_events where tier = ${tier} and id > ${event}
    union all
    select coalesce(assigned_at, recorded_at), coalesce(assigned_by, ''),
      coalesce(model, 'nobody') || ' got the seat: ' || coalesce(reason, '') 
    from assignment_history where tier = ${tier} and id > ${assignment}
    union all
    select pinned_at, pinned_by, 'the seat was pinned to ' || model_name || ': ' || reason
    from tier_pins where tier = ${tier} and id > ${pin}
    union all
    (select unpinned_at, unpinned_by, 'the pin was taken away'
    from tier_pins where tier = ${tier} and unpinned_at is not null order by unpinned_at offset ${unpinned})
    order by 1`.execute(db)
  return rows
}
