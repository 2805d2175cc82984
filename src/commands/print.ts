import { caller } from '../shared/caller.ts'

/** One JSON document on stdout and nothing else. */
export function printJson(value: unknown): void {
  caller().stdout.write(`${JSON.stringify(value, undefined, 2)}\n`)
}

export function printLine(text = ''): void {
  caller().stdout.write(`${text}\n`)
}

/** What a person should know and no program reads. */
export function printNote(text: string): void {
  caller().stderr.write(`${text}\n`)
}
