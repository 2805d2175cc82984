import { inspect } from 'node:util'

/** A text that shows as `***` wherever it is printed, logged or turned into JSON; only `reveal()` gives it. */
export interface Secret {
  reveal(): string
  toString(): string
  toJSON(): string
}

const hidden = '***'

export function secret(text: string): Secret {
  const closed = { reveal: () => text, toString: () => hidden, toJSON: () => hidden, [inspect.custom]: () => hidden }
  return Object.freeze(closed)
}
