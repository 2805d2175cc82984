/** How much was used in the last minute, and when there is room for more. Times are milliseconds of one clock. */
export interface RateWindow {
  /** Milliseconds until `amount` fits; 0 now. An amount above the limit fits into an empty window. */
  waitMs(amount: number, nowMs: number): number
  /** Notes a use; the amount may be corrected when it is known better. */
  use(amount: number, nowMs: number): Use
}

export interface Use {
  atMs: number
  amount: number
}

/**
 * A minute, and a little more: requests reach the provider's clock after delays that differ, and one that was early there
 * would be one too many.
 */
const windowMs = 60_500

/** Sliding: in no period of a minute is more used than the limit. */
export function createRateWindow(limit: number): RateWindow {
  const uses: Use[] = []
  let first = 0

  function forgetBefore(nowMs: number): void {
    for (let use = uses[first]; use !== undefined && use.atMs <= nowMs - windowMs; use = uses[first]) first += 1
    if (first > 64 && first > uses.length / 2) {
      uses.splice(0, first)
      first = 0
    }
  }

  return {
    waitMs(amount, nowMs) {
      forgetBefore(nowMs)
      let used = 0
      for (let index = uses.length - 1; index >= first; index -= 1) {
        const use = uses[index]
        if (use === undefined) break
        used += use.amount
        // The newest use that must be over before the amount fits.
        if (used + amount > limit) return use.atMs + windowMs - nowMs
      }
      return 0
    },
    use(amount, nowMs) {
      const use = { atMs: nowMs, amount }
      uses.push(use)
      return use
    },
  }
}
