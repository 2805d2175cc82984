import type { Rollout } from './rollout.ts'

/**
 * What a workflow has to do besides storing the rollout, in the same transaction. That a challenger is locked stands in the
 * state that ends its rollout, and that counts start from 0 in `countsEpoch`: neither needs to be done anywhere else.
 */
export type RolloutEffect =
  /** Gives the seat to the challenger; when somebody else than `heldBy` has it by now, nothing of the move is stored. */
  | { kind: 'assign'; model: string; heldBy: string; reason: string }
  /** Gives the seat back. */
  | { kind: 'roll-back'; to: string; heldBy: string; reason: string }
  | {
      kind: 'alert'
      severity: 'info' | 'warning' | 'critical'
      subject: string
      message: string
      /** Of an incident: the alert is open until the incident is over. */
      isOfIncident?: boolean
    }

/** `held`: nothing changes, and why; `refused`: somebody asked for what cannot be. Both in one sentence. */
export type Transition =
  | { status: 'moved'; rollout: Rollout; sentence: string; effects: RolloutEffect[] }
  | { status: 'held'; reason: string; effects: RolloutEffect[] }
  | { status: 'refused'; reason: string }
