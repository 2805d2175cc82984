import { isJsonObject, type JsonObject, type JsonValue } from '../shared/json.ts'

/**
 * The answer with each leaf replaced by a wrong one with probability `rate`; the shape stays, and what the schema allows of
 * a leaf is kept to: a model that is asked for a schema errs within it.
 */
export function distorted(
  value: JsonValue,
  schema: JsonObject | undefined,
  rate: number,
  random: () => number,
): JsonValue {
  if (Array.isArray(value)) return value.map((element) => distorted(element, objectAt(schema, 'items'), rate, random))
  if (isJsonObject(value)) {
    const properties = objectAt(schema, 'properties')
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, distorted(inner, objectAt(properties, key), rate, random)]),
    )
  }
  return random() < rate ? wrong(value, schema ?? {}, random) : value
}

function objectAt(object: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = object?.[key]
  return isJsonObject(value) ? value : undefined
}

function wrong(leaf: string | number | boolean | null, schema: JsonObject, random: () => number): JsonValue {
  if (typeof leaf === 'boolean') return !leaf
  if (typeof leaf === 'number') return wrongNumber(leaf, schema, random() < 0.5 ? -1 : 1)
  const others = Array.isArray(schema.enum) ? schema.enum : []
  if (others.length > 1) return others[(others.indexOf(leaf) + 1) % others.length] ?? null
  if (leaf === null) return allows(schema, 'string') ? 'invented' : wrongNumber(0, schema, 1)
  return 'wrong'
}

/** Further off than the usual tolerances; on the other side where the schema ends. */
function wrongNumber(right: number, { minimum, maximum }: JsonObject, direction: number): number {
  const least = typeof minimum === 'number' ? minimum : Number.NEGATIVE_INFINITY
  const most = typeof maximum === 'number' ? maximum : Number.POSITIVE_INFINITY
  const distance = Math.max(3, Math.round(Math.abs(right) * 0.3))
  const drawn = right + direction * distance
  if (drawn >= least && drawn <= most) return drawn
  const mirrored = right - direction * distance
  if (mirrored >= least && mirrored <= most) return mirrored
  return right - least < most - right ? most : least
}

/** A schema that names no type allows any. */
function allows({ type }: JsonObject, name: string): boolean {
  return type === undefined || type === name || (Array.isArray(type) && type.includes(name))
}
