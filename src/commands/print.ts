/** One JSON document on stdout and nothing else. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`)
}

export function printLine(text = ''): void {
  process.stdout.write(`${text}\n`)
}

/** What a person should know and no program reads. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`)
}
