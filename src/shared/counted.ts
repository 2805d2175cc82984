import { count } from './format-number.ts'

/** `1 sample`, `12 samples`; a noun that does not just add an s brings its plural. */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : plural}`
}

/** `1 of 1,200 samples`; undefined is unknown. */
export function countedOf(part: number | undefined, whole: number, noun: string): string {
  return `${count(part)} of ${counted(whole, noun)}`
}
