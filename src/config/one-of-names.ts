import { nearestWord } from '../shared/nearest-word.ts'
import { shownValue } from '../shared/schema-problems.ts'

/** "one of a, b, got …", with the name that was probably meant. */
export function oneOfNames(names: readonly string[], got: string): string {
  const meant = nearestWord(got, names)
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
  return `one of ${names.join(', ')}, got ${shownValue(got)}${hint}`
}
