/** Takes a body apart that comes in chunks cut anywhere, also within a character. */
export interface EventParser {
  push(chunk: Uint8Array): string[]
  /** What is left when the body is over. */
  end(): string[]
}

/** Lines of JSON, one after another; empty ones are left out. */
export function createLineParser(): EventParser {
  const take = createLineSplitter(/\n/)
  const filled = (lines: string[]) => lines.filter((line) => line.trim() !== '')
  return { push: (chunk) => filled(take(chunk)), end: () => filled(take(undefined)) }
}

/**
 * The data of server-sent events: comments, names of events and ids are left out, and the lines of one event's data are
 * joined. An event that the body breaks off in counts as well: some servers leave out the empty line after the last. So
 * does an object that stands there bare, as Gemini writes an error in the middle of a stream.
 * Its format: the HTML standard, "Server-sent events".
 */
export function createSseParser(): EventParser {
  const take = createLineSplitter(/\r\n|\n|\r/)
  let data: string | undefined
  let isBare = false

  function eventsOf(lines: readonly string[]): string[] {
    const events: string[] = []
    for (const line of lines) {
      if (line === '') {
        if (data !== undefined) events.push(data)
        data = undefined
        isBare = false
        continue
      }
      isBare ||= data === undefined && line.startsWith('{')
      if (!isBare && !line.startsWith('data:')) continue
      const value = isBare ? line : line.slice(line[5] === ' ' ? 6 : 5)
      data = data === undefined ? value : `${data}\n${value}`
    }
    return events
  }

  return { push: (chunk) => eventsOf(take(chunk)), end: () => eventsOf([...take(undefined), '']) }
}

/** Whole lines of what came so far; undefined says that no more comes. */
function createLineSplitter(lineEnd: RegExp): (chunk: Uint8Array | undefined) => string[] {
  const decoder = new TextDecoder()
  let begun = ''
  let heldBack = ''
  return (chunk) => {
    let text = heldBack + (chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }))
    // Half of an end of line, or a whole one: the next chunk tells.
    heldBack = chunk !== undefined && text.endsWith('\r') ? '\r' : ''
    if (heldBack !== '') text = text.slice(0, -1)
    const [first = '', ...others] = text.split(lineEnd)
    const lines = [begun + first, ...others]
    if (chunk !== undefined) begun = lines.pop() ?? ''
    return lines
  }
}
