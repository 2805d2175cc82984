import { isJsonObject, type JsonObject, type JsonValue } from '../shared/json.ts'

/** One step into a value: a key of an object, or all elements of a list. */
export type PathStep = { key: string } | 'elements'

/** What a path leads to. Null counts as absent; a list where an object should be, or the reverse, is a wrong type. */
export type Found = { status: 'found'; value: JsonValue } | { status: 'absent' } | { status: 'wrong-type' }

const pathPattern = /^[^.[\]\s]+(?:\[\])?(?:\.[^.[\]\s]+(?:\[\])?)*$/

/**
 * Reads `a.b`, `a[].b` (the `b` of every element of the list `a`) or `a[]` (the elements themselves).
 * @returns undefined when the text is no path
 */
export function parsePath(path: string): PathStep[] | undefined {
  if (!pathPattern.test(path)) return undefined
  return path
    .split('.')
    .flatMap((part): PathStep[] => (part.endsWith('[]') ? [{ key: part.slice(0, -2) }, 'elements'] : [{ key: part }]))
}

/**
 * The value at a path. A path through a list gives the list of what its elements hold there; an element that holds
 * nothing there, or is no object, gives null in its place, so that it counts as an entry that matches nothing.
 */
export function valueAtPath(value: JsonValue | undefined, path: string): Found {
  return follow(value, stepsOf(path))
}

/** A task has few paths, and each is followed in every answer. */
const known = new Map<string, PathStep[]>()

function stepsOf(path: string): PathStep[] {
  const steps = known.get(path) ?? parsePath(path)
  if (steps === undefined) throw new Error(`"${path}" is no path.`)
  known.set(path, steps)
  return steps
}

function follow(value: JsonValue | undefined, steps: readonly PathStep[]): Found {
  if (value === undefined || value === null) return { status: 'absent' }
  const [step, ...rest] = steps
  if (step === undefined) return { status: 'found', value }
  if (step === 'elements') return Array.isArray(value) ? elements(value, rest) : { status: 'wrong-type' }
  if (!isJsonObject(value)) return { status: 'wrong-type' }
  return follow(Object.hasOwn(value, step.key) ? value[step.key] : undefined, rest)
}

function elements(list: readonly JsonValue[], rest: readonly PathStep[]): Found {
  const isNested = rest.includes('elements')
  const values = list.flatMap((element): JsonValue[] => {
    const found = follow(element, rest)
    if (found.status !== 'found') return [null]
    return isNested && Array.isArray(found.value) ? found.value : [found.value]
  })
  return { status: 'found', value: values }
}

/**
 * Puts a value at a path and makes the objects and lists on the way. At a path through a list the value is a list, whose
 * entries go to its elements one by one. What stands there already is kept beside it.
 */
export function withValueAtPath(object: JsonObject, path: string, value: JsonValue): JsonObject {
  return placed(object, stepsOf(path), value) as JsonObject
}

function placed(before: JsonValue | undefined, steps: readonly PathStep[], value: JsonValue): JsonValue {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (step === 'elements') {
    const elements = Array.isArray(before) ? before : []
    return (Array.isArray(value) ? value : [value]).map((entry, index) => placed(elements[index], rest, entry))
  }
  const object = isJsonObject(before) ? before : {}
  return { ...object, [step.key]: placed(object[step.key], rest, value) }
}
