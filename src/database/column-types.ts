import type { ColumnType } from 'kysely'
import type { JsonText } from './json-text.ts'

/** Read as a value, written as text: see `toJsonText`. */
export type Json<T> = ColumnType<T, JsonText, JsonText>
export type JsonOrNull<T> = ColumnType<T | null, JsonText | null | undefined, JsonText | null>
/** Written by the program or left to the column's default, and read as a date. */
export type DefaultTime = ColumnType<Date, Date | undefined, Date>
