import pg from 'pg'
import { valueParsers } from './value-parsers.ts'

/** `valueParsers` for the pg driver, which asks type by type and has to be told what each array holds. */
export const pgTypes = {
  getTypeParser: (oid: number): ((text: string) => unknown) => {
    const element = elementOfArray[oid]
    if (element === undefined) return valueParsers[oid] ?? String
    return (text) => arrayParser.create(text, valueParsers[element] ?? String).parse()
  },
}

// What the package is, other than its types say.
const arrayParser = pg.types.arrayParser as unknown as {
  create(text: string, parseElement: (text: string) => unknown): { parse(): unknown[] }
}

/** Oid of the element type by oid of the array type, of the types that queries of people return. */
const elementOfArray: Readonly<Record<number, number>> = {
  199: 114,
  1000: 16,
  1001: 17,
  1002: 18,
  1003: 19,
  1005: 21,
  1007: 23,
  1009: 25,
  1014: 1042,
  1015: 1043,
  1016: 20,
  1021: 700,
  1022: 701,
  1028: 26,
  1115: 1114,
  1182: 1082,
  1183: 1083,
  1185: 1184,
  1187: 1186,
  1231: 1700,
  2951: 2950,
  3807: 3802,
}
