/** How many calls of a model may be under way. Times are milliseconds of one clock. */
export interface AdaptiveConcurrency {
  limit(): number
  answered(nowMs: number): void
  /** @param startedMs when the refused call began */
  rateLimited(startedMs: number, nowMs: number, retryAfterMs: number | undefined): void
  overloaded(nowMs: number): void
}

/** A burst of more than this at the start is itself a reason to be refused. */
const firstLimit = 16
const shrinkFactor = 0.8
const coolDownMs = 15_000

/**
 * Starts modestly and doubles per round of answers until the ceiling or the first refusal; a refusal for the rate takes a
 * fifth away, once per episode, and from then on it grows by one per round. An overloaded provider stops the growth and
 * takes nothing: fewer calls of ours would not mend it.
 */
export function createAdaptiveConcurrency(ceiling: number): AdaptiveConcurrency {
  let limit = Math.min(ceiling, firstLimit)
  let isStarting = true
  let growsFromMs = 0
  let episodeEndsMs = 0
  return {
    limit: () => Math.floor(limit),
    answered(nowMs) {
      if (limit >= ceiling || nowMs < growsFromMs) return
      limit = Math.min(ceiling, limit + (isStarting ? 1 : 1 / limit))
    },
    rateLimited(startedMs, nowMs, retryAfterMs = 0) {
      growsFromMs = nowMs + coolDownMs + retryAfterMs
      // Calls that began before the cut, or within the same episode, were refused for the same reason.
      if (startedMs < episodeEndsMs) return
      episodeEndsMs = nowMs + coolDownMs + retryAfterMs
      limit = Math.max(1, limit * shrinkFactor)
      isStarting = false
    },
    overloaded(nowMs) {
      growsFromMs = Math.max(growsFromMs, nowMs + coolDownMs)
      isStarting = false
    },
  }
}
