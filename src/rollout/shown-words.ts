/** A day as people read it everywhere: 2026-11-22, in UTC. */
export function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}

/** The name of a person without the mark of the column. */
export function nameOf(by: string): string {
  return by === 'auto' ? 'the service' : by.replace(/^manual:/, '')
}
