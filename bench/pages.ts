import { openDatabase } from '../src/database/open-database.ts'
import { serviceApi } from '../src/serving/api/service-api.ts'
import { dashboardRoutes } from '../src/serving/dashboard/dashboard-routes.ts'
import type { Route } from '../src/serving/http/exchange.ts'
import { createRouter } from '../src/serving/http/router.ts'
import { type HttpServer, startHttpServer } from '../src/serving/http/start-http-server.ts'
import type { Databases } from './databases.ts'
import { type Figure, figure } from './figure.ts'
import { type FilledPages, fillPages } from './pages-data.ts'
import type { Stage } from './stage.ts'

/** Every page of the dashboard beside 100,000 outcomes: what the service takes for it, as the median of several times. */
export async function benchmarkPages({ folder, databases, runs }: Stage): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const kind of databases) figures.push(...(await measured(kind, folder, runs)))
  return figures
}

const mostMs = 100
const times = 7

async function measured(databases: Databases, folder: string, runs: number): Promise<Figure[]> {
  const { DATABASE_URL: url, INCUMBENT_HOME: home = '/nonexistent' } = await databases.create()
  const database = await openDatabase({ url, home })
  try {
    const filled = await fillPages(database, folder)
    const served = await serve(filled)
    const figures: Figure[] = []
    for (const path of served.paths) {
      const medians: number[] = []
      for (let run = 0; run < runs; run += 1) medians.push(await medianMs(served, path))
      const what = path.replaceAll(filled.evaluation, '…')
      figures.push(
        figure({ what, where: databases.kind, unit: 'ms', runs: medians, limit: { atMost: mostMs }, peer: undefined }),
      )
    }
    await served.http.stop(100)
    return figures
  } finally {
    await database.close()
  }
}

interface Served {
  http: HttpServer
  paths: string[]
  /** Milliseconds of the last request, as the line of the log says. */
  lastMs: () => number
}

async function serve(filled: FilledPages): Promise<Served> {
  const context = { workspace: filled.workspace, refreshRoutes: () => Promise.resolve() }
  const pages = dashboardRoutes(context, { exist: () => false, nameOf: () => undefined })
  let lastMs = 0
  const http = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    route: createRouter([...pages, ...serviceApi(context)]),
    admit: () => undefined,
    log: {
      write: (_what, line) => {
        lastMs = Number(line.ms)
      },
      flush: () => undefined,
    },
    timeLimitMs: 60_000,
  })
  return { http, paths: pathsOf(pages, filled), lastMs: () => lastMs }
}

/** Each page once, further pages of the long lists, and an answer of the calculator. */
function pathsOf(pages: readonly Route[], { evaluation, sample, model, dataset }: FilledPages): string[] {
  const values: Record<string, string> = {
    id: evaluation,
    key: sample,
    name: model,
    tier: '1',
    reference: dataset,
    action: 'pin',
  }
  const own = pages
    .filter(({ method, isOpen }) => method === 'GET' && isOpen !== true)
    .map(({ path }) => path.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole))
    .filter((path) => !path.includes('{'))
  return [
    ...own,
    '/costs?perDay=5000',
    `/evaluations/${evaluation}?complexity=complex`,
    `/api/evaluations/${evaluation}/samples?cursor=${Buffer.from('[4000]').toString('base64url')}&limit=200`,
    `/datasets/${dataset}?complexity=complex`,
  ]
}

async function medianMs({ http, lastMs }: Served, path: string): Promise<number> {
  const measuredMs: number[] = []
  for (let time = 0; time <= times; time += 1) {
    const response = await fetch(http.url + path, { headers: { accept: 'text/html' } })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 300)}`)
    // What is drawn once is drawn by then.
    if (time > 0) measuredMs.push(lastMs())
  }
  return measuredMs.toSorted((one, other) => one - other)[Math.floor(times / 2)] ?? 0
}
