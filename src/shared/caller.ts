import { AsyncLocalStorage } from 'node:async_hooks'

/** Where a command prints. */
export type Output = NodeJS.WritableStream & { isTTY?: boolean; columns?: number }

/** For whom a command is carried out: whoever started this process, or whoever sent the command to the service. */
export interface Caller {
  cwd: string
  stdout: Output
  stderr: Output
  /** Aborted when the caller wants it to stop; undefined: signals to the process say so. */
  signal: AbortSignal | undefined
}

const callers = new AsyncLocalStorage<Caller>()

export function caller(): Caller {
  return callers.getStore() ?? ownCaller()
}

/** Carries `work` for somebody else: within it `caller()` is them. */
export function onBehalfOf<T>(other: Caller, work: () => T): T {
  return callers.run(other, work)
}

function ownCaller(): Caller {
  return { cwd: process.cwd(), stdout: process.stdout, stderr: process.stderr, signal: undefined }
}
