import type { JsonValue } from '../../shared/json.ts'
import { type AliasTable, canonicalName } from '../../tasks/alias-table.ts'
import type { Scorer } from '../scorer.ts'

/**
 * 1 when both are the same value, else 0. Texts are compared by their normal form (case and white space do not count) and,
 * with `aliases`, by the name they stand for. Numbers and booleans are compared as they are: true is not "true".
 */
export const equal: Scorer<'equal'> = (target, answer, { aliases }) =>
  comparable(target, aliases) === comparable(answer, aliases) ? 1 : 0

/** What stands for a value when it is compared: a text's normal form or the name it stands for. */
export function comparable(value: JsonValue, aliases: AliasTable | undefined): JsonValue {
  return typeof value === 'string' ? canonicalName(value, aliases) : value
}
