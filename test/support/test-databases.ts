import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, inject } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { openDatabase } from '../../src/database/open-database.ts'
import type { SharedDatabases } from './global-setup.ts'
import { renewing } from './renewed-databases.ts'
import { administer, dropDatabase } from './template-databases.ts'

export type DatabaseKind = Database['kind']

/** Where a database is: what `openDatabase` takes, also in another process. */
export interface DatabasePlace {
  url: string | undefined
  home: string
}

export interface TestDatabases {
  kind: DatabaseKind
  /**
   * A database with all tables and the document's rows and nothing else, open until the suite ends. When a test that has
   * opened it is over, the next one may get it: making another embedded one takes half a second.
   */
  open(): Promise<Database>
  /** A new place with all tables, or without any; what is there is removed when the suite ends. */
  place(content?: 'migrated' | 'empty'): Promise<DatabasePlace>
  /** Opens a place until the suite ends or `close` is called. */
  openAt(place: DatabasePlace, options?: { migrate: boolean }): Promise<Database>
}

/**
 * Runs a suite on the embedded database and on a PostgreSQL server: one of queries, of locks, or of a whole command. Where
 * there is no server its tests are shown as skipped with the reason, or fail when REQUIRE_ALL_TESTS=1.
 */
export function forEachDatabase(suite: (databases: TestDatabases) => void): void {
  onEmbedded(suite)
  onServer(suite)
}

/**
 * Runs a suite on the embedded database only: one of what is decided over queries that have suites on both. Its one
 * connection shows as well that no query is made beside the transaction that it belongs to.
 */
export function onEmbedded(suite: (databases: TestDatabases) => void): void {
  describe('on the embedded database', () => suite(testDatabases('embedded')))
}

/** Runs a suite on a PostgreSQL server only; skipped, or failing, where there is none. */
export function onServer(suite: (databases: TestDatabases) => void): void {
  const missing = 'missing' in server ? server.missing : undefined
  if (missing !== undefined && process.env.REQUIRE_ALL_TESTS === '1')
    throw new Error(`no PostgreSQL server: ${missing}`)
  const run = missing === undefined ? describe : describe.skip
  run(`on a PostgreSQL server${missing === undefined ? '' : ` (${missing})`}`, () => suite(testDatabases('server')))
}

function testDatabases(kind: DatabaseKind): TestDatabases {
  const open = new Set<Database>()
  const removals: (() => unknown)[] = []
  afterAll(async () => {
    await Promise.all([...open].map((database) => database.close()))
    await Promise.all(removals.map((remove) => remove()))
  })
  async function place(content: 'migrated' | 'empty' = 'migrated'): Promise<DatabasePlace> {
    const created = kind === 'embedded' ? await embeddedPlace(content) : await serverPlace(content)
    removals.push(created.remove)
    return created.place
  }
  async function openAt(at: DatabasePlace, options?: { migrate: boolean }): Promise<Database> {
    const database = await openDatabase({ ...at, ...options })
    open.add(database)
    return database
  }
  const openNew = async () => openAt(await place())
  return { kind, place, openAt, open: kind === 'embedded' ? renewing(openNew) : openNew }
}

const server = await ask('/server')

async function ask<P extends keyof SharedDatabases>(path: P): Promise<SharedDatabases[P]> {
  const response = await fetch(inject('sharedDatabases') + path)
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as SharedDatabases[P]
}

interface CreatedPlace {
  place: DatabasePlace
  remove: () => unknown
}

async function embeddedPlace(content: 'migrated' | 'empty'): Promise<CreatedPlace> {
  const home = mkdtempSync(join(tmpdir(), 'incumbent-home-'))
  cpSync(join((await ask('/embedded')).templates, content), home, { recursive: true })
  return { place: { url: undefined, home }, remove: () => rmSync(home, { recursive: true, force: true }) }
}

async function serverPlace(content: 'migrated' | 'empty'): Promise<CreatedPlace> {
  if ('missing' in server) throw new Error(server.missing)
  const { adminUrl, template } = server
  const name = `incumbent_test_${randomUUID().replaceAll('-', '')}`
  await administer(adminUrl, `CREATE DATABASE ${name}${content === 'migrated' ? ` TEMPLATE ${template}` : ''}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return { place: { url: url.href, home: '/nonexistent' }, remove: () => dropDatabase(adminUrl, name) }
}
