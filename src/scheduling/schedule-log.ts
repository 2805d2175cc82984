/** One event a line: `write` of the service's log. */
export type ScheduleLog = (
  event: string,
  fields: Readonly<Record<string, string | number | boolean | undefined>>,
  level?: 'info' | 'warn' | 'error',
) => void
