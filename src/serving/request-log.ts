export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

/** Lines of JSON for machines: one event a line, with its time. Prompts, answers and secrets are never among the fields. */
export interface RequestLog {
  write(event: string, fields: LogFields): void
  /** Writes what still waits. */
  flush(): void
}

/** Lines are written together: a system call for each would cost more than the rest of it. */
const waitMs = 50

export function createRequestLog(write: (text: string) => void, now: () => Date): RequestLog {
  let waiting = ''
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (waiting !== '') write(waiting)
    waiting = ''
  }
  return {
    write(event, fields) {
      waiting += `${JSON.stringify({ time: now().toISOString(), event, ...fields })}\n`
      timer ??= setTimeout(flush, waitMs)
    },
    flush,
  }
}
