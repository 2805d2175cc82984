/** Tells when the process has so much to do that what is not urgent is to be left. */
export interface LoadWatch {
  isBusy: () => boolean
  stop(): void
}

const everyMs = 50

/** @param mostLagMs by how much the event loop may be late */
export function createLoadWatch(mostLagMs = 50): LoadWatch {
  let dueMs = performance.now() + everyMs
  let lagMs = 0
  const timer = setInterval(() => {
    const nowMs = performance.now()
    // The worst of late, which is forgotten in a second or so.
    lagMs = Math.max(nowMs - dueMs, lagMs * 0.9)
    dueMs = nowMs + everyMs
  }, everyMs).unref()
  return { isBusy: () => Math.max(lagMs, performance.now() - dueMs) > mostLagMs, stop: () => clearInterval(timer) }
}
