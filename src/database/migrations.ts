import type { Migration } from 'kysely/migration'
import * as documentTables from '../../migrations/0001-document-tables.ts'
import * as evaluations from '../../migrations/0002-evaluations.ts'
import * as views from '../../migrations/0003-views.ts'
import * as comments from '../../migrations/0004-comments.ts'
import * as providers from '../../migrations/0005-providers.ts'
import * as weeks from '../../migrations/0006-weeks.ts'
import * as rollouts from '../../migrations/0007-rollouts.ts'
import * as confirmations from '../../migrations/0008-confirmations.ts'
import * as trends from '../../migrations/0009-trends.ts'
import * as changesByHand from '../../migrations/0010-changes-by-hand.ts'
import * as scheduleSlots from '../../migrations/0011-schedule-slots.ts'
import * as deliveries from '../../migrations/0012-deliveries.ts'
import * as costDays from '../../migrations/0013-cost-days.ts'
import * as sampleResults from '../../migrations/0014-sample-results.ts'
import * as retention from '../../migrations/0015-retention.ts'
import * as evaluationCosts from '../../migrations/0016-evaluation-costs.ts'
import * as observationWriters from '../../migrations/0017-observation-writers.ts'
import * as servicePresence from '../../migrations/0018-service-presence.ts'

/** All migrations by name, in their order. A list, not a folder that is searched, so that a build contains them. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-document-tables': documentTables,
  '0002-evaluations': evaluations,
  '0003-views': views,
  '0004-comments': comments,
  '0005-providers': providers,
  '0006-weeks': weeks,
  '0007-rollouts': rollouts,
  '0008-confirmations': confirmations,
  '0009-trends': trends,
  '0010-changes-by-hand': changesByHand,
  '0011-schedule-slots': scheduleSlots,
  '0012-deliveries': deliveries,
  '0013-cost-days': costDays,
  '0014-sample-results': sampleResults,
  '0015-retention': retention,
  '0016-evaluation-costs': evaluationCosts,
  '0017-observation-writers': observationWriters,
  '0018-service-presence': servicePresence,
}
