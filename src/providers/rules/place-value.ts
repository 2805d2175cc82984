import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/json.ts'
import { parsePath } from '../../tasks/answer-path.ts'

/**
 * Puts a value at a path of an answer, which is changed. At `a[].b` a list becomes one object an entry, with the entry at
 * `b`.
 */
export function placeValue(answer: JsonObject, path: string, value: JsonValue): void {
  const steps = parsePath(path) ?? []
  const elements = steps.indexOf('elements')
  if (elements === -1) place(answer, keysOf(steps), value)
  else place(answer, keysOf(steps.slice(0, elements)), eachNested(keysOf(steps.slice(elements)), value))
}

function keysOf(steps: readonly ({ key: string } | 'elements')[]): string[] {
  return steps.flatMap((step) => (step === 'elements' ? [] : [step.key]))
}

function place(into: JsonObject, keys: readonly string[], value: JsonValue): void {
  const [key, ...rest] = keys
  if (key === undefined) return
  if (rest.length === 0) {
    into[key] = value
    return
  }
  const known = Object.hasOwn(into, key) ? into[key] : undefined
  const child: JsonObject = isJsonObject(known) ? known : {}
  into[key] = child
  place(child, rest, value)
}

function eachNested(keys: readonly string[], list: JsonValue): JsonValue[] {
  const entries = Array.isArray(list) ? list : [list]
  return entries.map((entry) => keys.reduceRight((inner: JsonValue, key) => ({ [key]: inner }), entry))
}
