/** Work that comes again and again beside the requests; one piece at a time, and a failure is told and tried again. */
export interface Background {
  /** Ends it and waits for what is under way. */
  stop(): Promise<void>
}

/** @param what it does, for whoever reads that it failed */
export function startBackground(
  what: string,
  everyMs: number,
  work: (signal: AbortSignal) => Promise<void>,
  note: (sentence: string) => void,
): Background {
  const ending = new AbortController()
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    try {
      await work(ending.signal)
    } catch (error) {
      if (!ending.signal.aborted) note(`${what} failed and is tried again: ${(error as Error).message}`)
    } finally {
      running = undefined
    }
  }

  const timer = setInterval(() => {
    running ??= run()
  }, everyMs).unref()
  return {
    async stop() {
      clearInterval(timer)
      ending.abort(new Error('The service is being stopped.'))
      await running
    },
  }
}
