import { fstatSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Asked, Loopback, LoopbackOptions } from './loopback-server.ts'

const usage =
  'Options: --port 0 --latency 200 --key secret --fault 503 --fault-every 10 --answers book.json (a list of { contains, answer })'

/**
 * Starts a loopback server from its command line and prints its base URL. It ends with the process that started it.
 * POST /loopback/script { fault, latencyMs } changes it, GET /loopback/state tells what it counted.
 */
export async function runLoopbackProcess<F extends string>(
  start: (options: LoopbackOptions<F>) => Promise<Loopback<F>>,
): Promise<void> {
  const option = { type: 'string' } as const
  const { values } = parseArgs({
    options: { port: option, latency: option, key: option, fault: option, 'fault-every': option, answers: option },
  })
  if (Number.isNaN(Number(values.port ?? 0)) || Number.isNaN(Number(values.latency ?? 0))) throw new Error(usage)
  const fault = values.fault as F | undefined
  const every = Number(values['fault-every'] ?? 1)
  const server = await start({
    port: Number(values.port ?? 0),
    latencyMs: Number(values.latency ?? 0),
    keepsRequests: false,
    ...(values.key === undefined ? {} : { apiKey: values.key }),
    ...(fault === undefined ? {} : { fault: ({ index }: Asked) => (index % every === every - 1 ? fault : undefined) }),
    ...(values.answers === undefined ? {} : { answer: answersFrom(values.answers) }),
  })
  process.stdout.write(`${server.url}\n`)
  const stdin = fstatSync(0)
  if (stdin.isFIFO() || stdin.isSocket()) process.stdin.on('end', () => process.exit()).resume()
}

function answersFrom(path: string): (asked: Asked) => string | undefined {
  const book = JSON.parse(readFileSync(path, 'utf8')) as { contains: string; answer: unknown }[]
  return ({ prompt }) => {
    const found = book.find(({ contains }) => prompt.includes(contains))?.answer
    return found === undefined || typeof found === 'string' ? found : JSON.stringify(found)
  }
}
