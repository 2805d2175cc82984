import type { Transaction } from 'kysely'
import { inTransaction } from '../../database/in-transaction.ts'
import { rolloutEvents } from '../../database/rollout-queries.ts'
import type { Tables } from '../../database/tables.ts'
import { changesSince, type TierMark, tierMark } from '../../database/tier-changes.ts'
import { isOpen, type Rollout, type Stage } from '../../rollout/rollout.ts'
import { nameOf } from '../../rollout/shown-words.ts'
import { stateSentence } from '../../rollout/state-sentence.ts'
import { UserError } from '../../shared/user-error.ts'
import { WorkFailed } from '../../shared/work-failed.ts'
import type { Workspace } from '../workspace.ts'
import { type LockedTier, lockTier } from './lock-tier.ts'

/** Who says something, and why. */
export interface Person {
  by: `manual:${string}`
  reason: string
}

/** What came of it, in a sentence, and how the tier stands now. */
export interface Said {
  tier: number
  happened: string
  seat: string | null
  rollout: { id: string; kind: Rollout['kind']; stage: Stage; challenger: string; sentence: string } | null
  pin: { model: string; by: string; reason: string } | null
}

type Act = (trx: Transaction<Tables>, locked: LockedTier, now: Date) => Promise<string>

/**
 * Carries what a person says about a tier. Of two people at once one wins; the other one is told what happened meanwhile, and
 * nothing is done for what was said before that was known.
 * @param act returns what happened, in a sentence
 * @throws UserError for a tier that is not there
 * @throws WorkFailed when it cannot be done as the tier stands
 */
export async function actOnTier(workspace: Workspace, tier: number, by: Person['by'], act: Act): Promise<Said> {
  const { config, database, clock } = workspace
  const known = config.tiers.map(({ id }) => id)
  if (!known.includes(tier))
    throw new UserError(`Expected a tier of the configuration (${known.join(', ')}), got ${tier}.`)
  const mark = await tierMark(database.db, tier)
  try {
    return await inTransaction(database.db, async (trx) => {
      const locked = await lockTier(trx, tier)
      await refuseOvertaken(trx, tier, mark)
      const happened = await act(trx, locked, clock.now())
      return saidOf(await lockTier(trx, tier), happened)
    })
  } catch (error) {
    throw error instanceof WorkFailed ? await withLatest(workspace, tier, by, error) : error
  }
}

async function refuseOvertaken(trx: Transaction<Tables>, tier: number, mark: TierMark): Promise<void> {
  const meanwhile = await changesSince(trx, tier, mark)
  if (meanwhile.length === 0) return
  const told = meanwhile.map(({ by, what }) => `${nameOf(by)}: ${what}`).join(' ')
  throw new Overtaken(
    `Nothing was done, because something else happened meanwhile. ${told} Say it again if you still want it.`,
  )
}

class Overtaken extends WorkFailed {}

const latelyMs = 60_000

/** Most often what somebody else has just done is why something cannot be done any more. */
async function withLatest(
  { database, clock }: Workspace,
  tier: number,
  by: Person['by'],
  error: WorkFailed,
): Promise<WorkFailed> {
  if (error instanceof Overtaken) return error
  const [latest] = await rolloutEvents(database.db, { tier }, 1)
  const isOfAnother = latest?.by.startsWith('manual:') === true && latest.by !== by
  if (!isOfAnother || clock.now().getTime() - latest.at.getTime() > latelyMs) return error
  const when = latest.at.toISOString().slice(11, 16)
  return new WorkFailed(
    `${error.message} What happened last, at ${when} UTC, by ${nameOf(latest.by)}: ${latest.sentence}`,
  )
}

function saidOf({ tier, seat, open, full, pin }: LockedTier, happened: string): Said {
  const rollout = open ?? full
  return {
    tier,
    happened,
    seat: seat?.model ?? null,
    rollout:
      rollout === undefined
        ? null
        : {
            id: rollout.id,
            kind: rollout.kind,
            stage: isOpen(rollout.state) ? rollout.state.stage : 'full',
            challenger: rollout.challenger,
            sentence: stateSentence(rollout),
          },
    pin: pin === undefined ? null : { model: pin.model, by: pin.by, reason: pin.reason },
  }
}

/** A pin binds people, too: whoever wants something else takes it away first, so that it is seen. */
export function refusePinned({ tier, pin }: LockedTier): void {
  if (pin === undefined) return
  throw new WorkFailed(
    `${nameOf(pin.by)} has pinned tier ${tier} to ${pin.model} (${pin.reason}). Take the pin away first: npx incumbent unpin ${tier}`,
  )
}
