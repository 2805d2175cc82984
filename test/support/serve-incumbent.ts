import type { ChildProcess } from 'node:child_process'
import { type Finished, finished, type Place, startIncumbent } from './run-incumbent.ts'

/** `incumbent serve` in a process of its own. */
export interface Serving {
  url: string
  /** What it said when it began to listen. */
  announced: string
  process: ChildProcess
  ended: Promise<Finished>
  stop(signal?: NodeJS.Signals): Promise<Finished>
}

/**
 * Starts the service on a free port and waits until it listens; whoever starts it stops it.
 */
export async function serveIncumbent(place: Place, ...argv: string[]): Promise<Serving> {
  const child = startIncumbent(place, 'serve', '--port', '0', ...argv)
  const ended = finished(child)
  const announced = await Promise.race([
    firstOutput(child),
    ended.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ])
  const url = /http:\/\/[\w.:[\]]+/.exec(announced)?.[0]
  if (url === undefined) throw new Error(`Expected an address, got ${announced}`)
  return {
    url,
    announced,
    process: child,
    ended,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal)
      return ended
    },
  }
}

function firstOutput(child: ChildProcess): Promise<string> {
  let text = ''
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk) => {
      text += String(chunk)
      if (text.includes('Listening') || text.includes('"url"')) resolve(text)
    })
  })
}
