/** Who did something, as the record keeps it: `auto`, `system`, or the name of a person. */
export function whoWords(by: string): string {
  if (by === 'system') return 'configuration'
  return by.replace(/^manual:/, '')
}
