import type { JsonValue } from '../shared/json.ts'

/**
 * How a value of PostgreSQL becomes one of JavaScript, by the oid of its type: the same table for both databases, as
 * their drivers differ in half of it. What is not listed stays text: dates ('2026-11-21'), times without a zone,
 * intervals, uuids, bytea.
 */
export const valueParsers: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === 't',
  17: String,
  20: parseNumber,
  21: Number,
  23: Number,
  26: Number,
  114: parseJson,
  700: Number,
  701: Number,
  1082: String,
  1114: String,
  1184: parseInstant,
  1186: String,
  1700: parseNumber,
  3802: parseJson,
}

/** bigint and numeric; a whole number that JavaScript cannot hold exactly stays text. */
function parseNumber(text: string): number | string {
  const number = Number(text)
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number
}

function parseJson(text: string): JsonValue {
  return JSON.parse(text) as JsonValue
}

/** A timestamptz as PostgreSQL writes it in ISO style; 'infinity' and years beyond four digits stay text. */
function parseInstant(text: string): Date | string {
  const iso = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)(:\d\d)?$/.exec(text)
  if (iso === null) return text
  const [, day, time, hours, minutes = ':00'] = iso
  return new Date(`${day}T${time}${hours}${minutes}`)
}
