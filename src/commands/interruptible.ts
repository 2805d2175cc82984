import { caller } from '../shared/caller.ts'
import { WorkFailed } from '../shared/work-failed.ts'

/** Ctrl-C or SIGTERM: the work was stopped by a person, what was done is kept. */
export class Interrupted extends WorkFailed {}

/**
 * Carries work that Ctrl-C (or SIGTERM) stops in good order: the signal is aborted, and what the work has stored stays.
 * A second Ctrl-C ends the process at once.
 */
export async function interruptible<T>(hint: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const release = onInterrupt(() => stop.abort(new Interrupted(`Interrupted. ${hint}`)))
  try {
    return await work(stop.signal)
  } finally {
    release()
  }
}

/**
 * Hears of Ctrl-C and SIGTERM; the second one ends the process at once. Within the service it hears of the one whose command
 * it is. Returns what stops the hearing.
 */
export function onInterrupt(interrupt: () => void): () => void {
  const { signal } = caller()
  if (signal !== undefined) return onAbort(signal, interrupt)
  let isInterrupted = false
  const hear = () => {
    if (isInterrupted) process.exit(130)
    isInterrupted = true
    interrupt()
  }
  process.on('SIGINT', hear)
  process.on('SIGTERM', hear)
  return () => {
    process.off('SIGINT', hear)
    process.off('SIGTERM', hear)
  }
}

function onAbort(signal: AbortSignal, interrupt: () => void): () => void {
  if (signal.aborted) interrupt()
  signal.addEventListener('abort', interrupt)
  return () => signal.removeEventListener('abort', interrupt)
}
