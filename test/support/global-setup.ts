import { createServer, type Server } from 'node:http'
import type { TestProject } from 'vitest/node'
import { type PostgresServer, postgresBinaries, startPostgres } from './postgres-server.ts'
import { dropDatabase, makeEmbeddedTemplates, makeExampleWeeks, makeServerTemplate } from './template-databases.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Base URL under which test files ask for what all of them share: see `SharedDatabases`. */
    sharedDatabases: string
  }
}

/** What the test files share, by the path to ask for it; made when the first file asks. */
export interface SharedDatabases {
  /** An administrator's URL on a PostgreSQL server and the name of a migrated database there, or why there is none. */
  '/server': { adminUrl: string; template: string } | { missing: string }
  /** Folder with the homes of two embedded databases to be copied: `empty` and `migrated`. */
  '/embedded': { templates: string }
  /** Folder with the example weeks, to be copied: their configuration, and the database in `home`. */
  '/weeks': { folder: string }
}

let listener: Server | undefined
let started: PostgresServer | undefined
let server: Promise<SharedDatabases['/server']> | undefined
let embedded: Promise<SharedDatabases['/embedded']> | undefined
let weeks: Promise<SharedDatabases['/weeks']> | undefined

export async function setup(project: TestProject): Promise<void> {
  const answering = createServer((request, response) => {
    // A connection that is kept would be closed here at the moment when a test file, minutes later, asks again.
    response.setHeader('Connection', 'close')
    answerTo(request.url).then(
      (answer) => response.end(JSON.stringify(answer)),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.stack : 'failed'),
    )
  })
  await new Promise<void>((resolve) => answering.listen(0, '127.0.0.1', resolve))
  answering.unref()
  listener = answering
  const address = answering.address()
  if (address === null || typeof address === 'string') throw new Error('no port for the shared databases')
  project.provide('sharedDatabases', `http://127.0.0.1:${address.port}`)
}

export async function teardown(): Promise<void> {
  listener?.closeAllConnections()
  listener?.close()
  const found = await server?.catch(() => undefined)
  if (started !== undefined) await started.stop()
  else if (found !== undefined && 'template' in found) await dropDatabase(found.adminUrl, found.template)
}

function answerTo(path: string | undefined): Promise<SharedDatabases[keyof SharedDatabases]> {
  if (path === '/embedded') {
    embedded ??= makeEmbeddedTemplates().then((templates) => ({ templates }))
    return embedded
  }
  if (path === '/weeks') {
    weeks ??= makeExampleWeeks().then((folder) => ({ folder }))
    return weeks
  }
  server ??= findServer()
  return server
}

async function findServer(): Promise<SharedDatabases['/server']> {
  const adminUrl = process.env.TEST_PG_URL
  if (adminUrl !== undefined && adminUrl !== '') return { adminUrl, template: await makeServerTemplate(adminUrl) }
  const reasons: string[] = []
  for (const binaries of postgresBinaries()) {
    try {
      started = await startPostgres(binaries)
      return { adminUrl: started.url, template: await makeServerTemplate(started.url) }
    } catch (error) {
      if (started !== undefined) throw error
      reasons.push(`${binaries}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const missing = reasons.join('; ') || 'no PostgreSQL server is installed and TEST_PG_URL is not set'
  console.warn(`Tests on a PostgreSQL server are left out: ${missing}`)
  return { missing }
}
