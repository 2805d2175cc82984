import { openAlert, resolveAlert } from '../../../database/alert-queries.ts'
import { counted } from '../../../shared/counted.ts'
import { timeOfDay } from '../../../shared/format-date.ts'
import type { Workspace } from '../../../workflows/workspace.ts'
import { resolveName } from '../resolve-name.ts'
import type { createErrands } from './errands.ts'
import type { Routes } from './routes.ts'
import type { Silence, SilenceWatchOptions } from './silence-watch.ts'

const minuteMs = 60_000

/** One alert for each tier that answers nobody, resolved when it answers again. */
export function tellOfSilence(
  { database, clock, config }: Workspace,
  errands: ReturnType<typeof createErrands>,
  routes: () => Routes,
): SilenceWatchOptions {
  const { timeZone } = config.schedule
  const raise = async (tier: number, { failures, since, reason }: Silence) => {
    const subject = `Tier ${tier} answers nobody`
    const message = `Since ${timeOfDay(since, timeZone)} (${timeZone}) ${counted(failures, 'request')} failed with all of its models. The last one: ${reason} See what is missing: npx incumbent doctor; another model takes the tier with: npx incumbent assign ${tier} <model>`
    const about = { tier, model: undefined, evaluationId: undefined, raisedAt: clock.now() }
    await openAlert(database.db, { kind: 'live', severity: 'critical', subject, message, key: keyOf(tier), ...about })
  }
  return {
    tierOf(name) {
      const named = resolveName(name, routes().names)
      return named.kind === 'tier' ? named.tier : undefined
    },
    now: () => clock.now(),
    raise: (tier, silence, told) => {
      errands.send(keyOf(tier), {
        purpose: 'it answers nobody',
        work: async () => {
          await raise(tier, silence)
          told()
        },
        restMs: minuteMs,
      })
    },
    resolve: (tier) => {
      const work = async () => {
        await resolveAlert(database.db, keyOf(tier), { at: clock.now(), message: `Tier ${tier} answers again.` })
      }
      errands.send(`${keyOf(tier)} over`, { purpose: 'it answers again', work, restMs: 0 })
    },
  }
}

function keyOf(tier: number): string {
  return `live:tier-${tier}`
}
