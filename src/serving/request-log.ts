import { pino } from 'pino'

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

/** One event a line, with its time. Prompts, answers and secrets are never among the fields. */
export interface RequestLog {
  write(event: string, fields: LogFields, level?: LogLevel): void
  /** Writes what still waits. */
  flush(): void
}

export type LogLevel = 'info' | 'warn' | 'error'

/** Lines are written together: a system call for each would cost more than the rest of it. */
const waitMs = 50

/**
 * @param write gets some lines at a time
 * @param shown makes of a line of JSON what a person reads on a terminal; without it machines read JSON
 */
export function createRequestLog(
  write: (text: string) => void,
  now: () => Date,
  shown: (line: string) => string = (line) => line,
): RequestLog {
  const lines = gathered(write, shown)
  const log = pino(
    {
      base: null,
      messageKey: 'event',
      timestamp: () => `,"time":"${now().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    lines,
  )
  return {
    write: (event, fields, level = 'info') => log[level](fields, event),
    flush: lines.flush,
  }
}

function gathered(write: (text: string) => void, shown: (line: string) => string) {
  let waiting = ''
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (waiting !== '') write(waiting)
    waiting = ''
  }
  return {
    write(line: string) {
      waiting += shown(line)
      timer ??= setTimeout(flush, waitMs)
    },
    flush,
  }
}

/** Lines for a person: the local time, the event, and its fields behind it. */
export async function prettyLines(): Promise<(line: string) => string> {
  const { prettyFactory } = await import('pino-pretty')
  return prettyFactory({
    colorize: true,
    messageKey: 'event',
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'requestId',
  })
}
