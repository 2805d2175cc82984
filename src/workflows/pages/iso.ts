/** A time as pages and the API tell it; null where there is none. */
export function iso(date: Date | null | undefined): string | null {
  return date?.toISOString() ?? null
}
