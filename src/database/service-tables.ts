import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { RefusedAddress } from './delivery-queries.ts'
import type { JsonText } from './json-text.ts'

/** What the service keeps of itself: who may ask it, what was due, what people were told. */

export interface RequestDaysTable {
  provider_key: string
  /** ISO date. */
  day: string
  requests: number
}

export interface AlertsTable {
  id: GeneratedAlways<number>
  kind: string
  severity: string
  subject: string
  message: string
  tier: number | null
  model_name: string | null
  evaluation_id: string | null
  raised_at: Date
  key: string | null
  resolved_at: Date | null
  resolution: string | null
  reminded_at: Date | null
  routed_at: Date | null
}

export interface DeliveriesTable {
  id: GeneratedAlways<number>
  key: string
  channel: string
  recipient: string
  kind: string
  cycle_id: string | null
  alert_id: number | null
  subject: string | null
  status: string
  tries: Generated<number>
  next_try_at: Date | null
  last_error: string | null
  reference: string | null
  partly_refused: ColumnType<RefusedAddress[], JsonText | undefined, JsonText>
  sent_with: string | null
  created_at: Date
  sent_at: Date | null
}

export interface ScheduleSlotsTable {
  schedule: string
  due_at: Date
  state: string
  expression: string
  round_at: Date | null
  not_before: Date | null
  tries: Generated<number>
  claimed_by: string
  claimed_at: Date
  started_at: Date | null
  finished_at: Date | null
  cycle_id: string | null
  note: string | null
}

export interface ServicePresenceTable {
  duty: string
  seen_at: Date
  away_since: Date | null
  away_until: Date | null
}

export interface ApiTokensTable {
  id: string
  name: string
  token_hash: string
  created_by: string
  created_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
}
