import { createServer, type Server } from 'node:http'
import type { TestProject } from 'vitest/node'
import { type PostgresServer, postgresBinaries, startPostgres } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Base URL under which test files ask for what all of them share: see `SharedAnswers`. */
    testServers: string
  }
}

/** What the test files share: made by the process that starts them, when the first file asks for it. */
export interface SharedAnswers {
  /** URL of an administrator on a PostgreSQL server, or why there is none. */
  '/postgres': { url: string } | { missing: string }
}

type FoundPostgres = { server: PostgresServer } | { external: string } | { missing: string }

let postgres: Promise<FoundPostgres> | undefined
let listener: Server | undefined

export async function setup(project: TestProject): Promise<void> {
  const server = createServer((_request, response) => {
    postgres ??= findPostgres()
    void postgres.then((found) => response.end(JSON.stringify(postgresAnswer(found))))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  listener = server
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port for the shared test servers')
  project.provide('testServers', `http://127.0.0.1:${address.port}`)
}

export async function teardown(): Promise<void> {
  listener?.closeAllConnections()
  listener?.close()
  const found = await postgres
  if (found !== undefined && 'server' in found) await found.server.stop()
}

function postgresAnswer(found: FoundPostgres): SharedAnswers['/postgres'] {
  if ('missing' in found) return found
  return { url: 'server' in found ? found.server.url : found.external }
}

async function findPostgres(): Promise<FoundPostgres> {
  const external = process.env.TEST_PG_URL
  if (external !== undefined && external !== '') return { external }
  const reasons: string[] = []
  for (const binaries of postgresBinaries()) {
    try {
      return { server: await startPostgres(binaries) }
    } catch (error) {
      reasons.push(`${binaries}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return { missing: reasons.join('; ') || 'no PostgreSQL server is installed and TEST_PG_URL is not set' }
}
