type Given<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }

/** The settings that are there: an undefined one is left out, so that the server's own default holds. */
export function given<T extends object>(settings: T): Partial<Given<T>> {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Partial<Given<T>>
}
