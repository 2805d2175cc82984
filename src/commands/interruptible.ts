import { WorkFailed } from '../shared/work-failed.ts'

/** Ctrl-C or SIGTERM: the work was stopped by a person, what was done is kept. */
export class Interrupted extends WorkFailed {}

/**
 * Carries work that Ctrl-C (or SIGTERM) stops in good order: the signal is aborted, and what the work has stored stays.
 * A second Ctrl-C ends the process at once.
 */
export async function interruptible<T>(hint: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const interrupt = () => {
    if (stop.signal.aborted) process.exit(130)
    stop.abort(new Interrupted(`Interrupted. ${hint}`))
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  try {
    return await work(stop.signal)
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
}
