import { isOpen, isRunning } from '../../rollout/rollout.ts'
import { counted } from '../../shared/counted.ts'
import { UserError } from '../../shared/user-error.ts'
import type { Person, Said } from '../rollout/act-on-tier.ts'
import { assignSeat } from '../rollout/assign-seat.ts'
import { giveSeatBack } from '../rollout/give-seat-back.ts'
import { judgeRollout } from '../rollout/judge-rollout.ts'
import { pinSeat, unpinSeat } from '../rollout/pin-seat.ts'
import type { Workspace } from '../workspace.ts'
import type { SeatFacts } from './seat-picture.ts'

export const tierActionNames = ['approve', 'pause', 'reject', 'abort', 'pin', 'unpin', 'assign', 'rollback'] as const
export type TierActionName = (typeof tierActionNames)[number]

/** What a person says about a tier, as a form or a program sends it. */
export interface TierSaying {
  /** The name of the person. */
  by: string
  reason: string
  /** Of `assign` only. */
  model?: string | undefined
}

/** Characters of a name and of a reason. */
export const longest = { name: 90, reason: 1000 }
const mayBeWithoutReason: readonly TierActionName[] = ['approve', 'unpin']

export function needsReason(action: TierActionName): boolean {
  return !mayBeWithoutReason.includes(action)
}

/** What can be said of a tier as it stands; whoever was quicker may still make it impossible. */
export function possibleActions({ picture, rollout }: SeatFacts): TierActionName[] {
  const state = rollout?.state
  const canStart =
    picture.rollout?.waitsForPerson === true || (state?.stage === 'shadow' && state.waitsFor === 'switch')
  return [
    ...(canStart ? (['approve'] as const) : []),
    ...(state !== undefined && isRunning(state) ? (['pause'] as const) : []),
    ...(state !== undefined && isOpen(state) ? (['reject', 'abort'] as const) : []),
    ...(picture.pin !== null ? (['unpin'] as const) : picture.model === null ? [] : (['pin'] as const)),
    'assign',
    ...(picture.model === null ? [] : (['rollback'] as const)),
  ]
}

/**
 * Carries what a person says about a tier, as the command of the same name does.
 * @throws UserError for a name, a reason or a model that is missing or wrong
 * @throws WorkFailed when it cannot be done as the tier stands
 */
export async function sayOnTier(
  workspace: Workspace,
  tier: number,
  action: TierActionName,
  { by, reason, model }: TierSaying,
): Promise<Said> {
  const person: Person = { by: `manual:${nameIn(by)}`, reason: reasonIn(reason, action) }
  switch (action) {
    case 'assign':
      if (model === undefined || model === '') throw new UserError('Expected a model for the seat, got none.')
      return assignSeat(workspace, tier, model, person)
    case 'pin':
      return pinSeat(workspace, tier, person)
    case 'unpin':
      return unpinSeat(workspace, tier, person)
    case 'rollback':
      return giveSeatBack(workspace, tier, person)
    default:
      return judgeRollout(workspace, tier, action, person)
  }
}

function nameIn(by: string): string {
  const name = by.trim()
  if (name !== '' && name.length <= longest.name) return name
  throw new UserError(`Expected your name, 1 to ${longest.name} characters, got ${told(name)}.`)
}

function reasonIn(words: string, action: TierActionName): string {
  // Browsers send an end of line as two characters and count it as one.
  const reason = words.replaceAll('\r\n', '\n').trim()
  if (reason === '' && needsReason(action)) {
    throw new UserError('Expected a reason in words, got nothing. It is kept in the record of the seat.')
  }
  if (reason.length <= longest.reason) return reason
  throw new UserError(`Expected a reason of at most ${longest.reason} characters, got ${told(reason)}.`)
}

function told(words: string): string {
  return words === '' ? 'nothing' : counted(words.length, 'character')
}
