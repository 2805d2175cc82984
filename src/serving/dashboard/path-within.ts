/** The path of this service that a form or an address names, as it came from outside; else the overview. */
export function pathWithin(text: string | null): string {
  const isPath = text !== null && /^\/(?![/\\])[\x21-\x7e]*$/.test(text)
  return isPath ? text : '/'
}
