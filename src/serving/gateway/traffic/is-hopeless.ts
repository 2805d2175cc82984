/** Classes of SQLSTATE that are about the rows: wrong data, and references to what is not there. */
const ofRows = new Set(['22', '23'])

/** Whether storing the same again would fail again. */
export function isHopeless(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && ofRows.has(code.slice(0, 2))
}
