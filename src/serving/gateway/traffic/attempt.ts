import type { Generated, ProviderErrorKind } from '../../../providers/provider.ts'
import type { GatewayRequest } from '../answerer.ts'
import type { Plan, PlannedAttempt } from './plan.ts'

/** One model asked once for one request. */
export interface Attempt {
  request: Pick<GatewayRequest, 'requestId' | 'question'>
  plan: Plan
  planned: PlannedAttempt
  /** From 1. */
  number: number
  /** When it was begun. */
  at: Date
  /** Calls that the machine of its provider computed then, this one included. */
  sharedBy: number
}

/** How it ended. Milliseconds are those of the model: what a slow client or our own limits took is not in them. */
export type AttemptEnd =
  | { outcome: 'answered'; generated: Generated; latencyMs: number; firstTokenMs: number | undefined }
  | {
      outcome: 'failed'
      /** Undefined for a fault of our own. */
      failureKind: ProviderErrorKind | undefined
      latencyMs: number
      firstTokenMs: number | undefined
    }
  | { outcome: 'cancelled'; latencyMs: number; firstTokenMs: number | undefined }

export type Finished = (attempt: Attempt, end: AttemptEnd) => void
