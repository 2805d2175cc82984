import { counted } from '../shared/counted.ts'
import type { JsonObject, JsonValue } from '../shared/json.ts'
import { valueAtPath } from '../tasks/answer-path.ts'
import { schemaAtPath } from '../tasks/schema-at-path.ts'
import { asAnswerSchema, typeOf } from '../tasks/schema-subset.ts'
import type { FieldScoring, Task } from '../tasks/task.ts'
import { agreementKinds } from './agreement/sample-agreement.ts'

/** More different values than this are counted and not listed. */
const listedAtMost = 40

/** What the targets say in one field, in words: how often each value stands there, or how many values there are. */
export function targetSummary(
  { answerSchema }: Pick<Task, 'answerSchema'>,
  field: FieldScoring,
  targets: readonly JsonObject[],
): string {
  const values = targets.flatMap((target): JsonValue[] => {
    const found = valueAtPath(target, field.targetPath)
    return found.status === 'found' ? [found.value] : []
  })
  const missing = targets.length - values.length
  const schema = schemaAtPath(asAnswerSchema(answerSchema), field.path)
  switch (agreementKinds[field.scorer]) {
    case 'category':
    case 'level': {
      const isOpen = schema !== undefined && typeOf(schema) === 'string' && schema.enum === undefined
      return isOpen ? stated(values.length, missing) : withMissing(countedText(values), missing)
    }
    case 'set':
    case 'points':
      return listSummary(field, values, missing)
    default:
      return stated(values.length, missing)
  }
}

function listSummary({ scorer }: FieldScoring, lists: readonly JsonValue[], missing: number): string {
  const entries = lists.flatMap((list) => (Array.isArray(list) ? list : []))
  const holders = lists.filter((list) => Array.isArray(list) && list.length > 0).length
  const sums = withMissing(`${entries.length} in ${counted(holders, 'sample')}`, missing)
  if (scorer === 'points-covered') return sums
  const different = new Set(entries.map(word)).size
  return different > listedAtMost ? `${sums}, ${different} different` : `${sums}: ${countedText(entries)}`
}

function stated(count: number, missing: number): string {
  return withMissing(`${count} stated`, missing)
}

function withMissing(text: string, missing: number): string {
  return missing === 0 ? text : [text, `none ${missing}`].filter((part) => part !== '').join(', ')
}

/** Numbers by their size, everything else by how often it stands there. */
function countedText(values: readonly JsonValue[]): string {
  const counts = new Map<JsonValue, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const isNumeric = values.every((value) => typeof value === 'number')
  return [...counts]
    .sort(([a, many], [b, more]) => (isNumeric ? Number(a) - Number(b) : more - many || (word(a) < word(b) ? -1 : 1)))
    .map(([value, count]) => `${word(value)}${isNumeric ? ':' : ''} ${count}`)
    .join(', ')
}

function word(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
