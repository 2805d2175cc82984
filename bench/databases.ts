import { randomUUID } from 'node:crypto'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { postgresBinaries, startPostgres } from '../test/support/postgres-server.ts'
import { administer, makeServerTemplate } from '../test/support/template-databases.ts'
import { timeCommand } from './measured-process.ts'

/** Where databases come from; each measured run gets one of its own that has all tables and nothing in them. */
export interface Databases {
  kind: 'embedded' | 'server'
  /** The environment that leads a command to a new database. */
  create(): Promise<Record<string, string>>
  close(): Promise<void>
}

/** Made once, which takes seconds, and then copied. */
export async function embeddedDatabases(folder: string): Promise<Databases> {
  const template = join(folder, 'embedded')
  await timeCommand({ folder, environment: { INCUMBENT_HOME: template } }, 'db', 'migrate')
  return {
    kind: 'embedded',
    create: () => {
      const home = join(folder, `home-${randomUUID()}`)
      cpSync(template, home, { recursive: true })
      return Promise.resolve({ INCUMBENT_HOME: home })
    },
    close: () => Promise.resolve(),
  }
}

/** BENCH_PG_URL names an administrator's database on a server; without it one is started here. */
export async function serverDatabases(): Promise<Databases> {
  const given = process.env.BENCH_PG_URL
  const [binaries] = postgresBinaries()
  if (given === undefined && binaries === undefined) {
    throw new Error('No PostgreSQL server is installed: set BENCH_PG_URL to one, or leave it out with --no-server.')
  }
  const started = given === undefined ? await startPostgres(binaries ?? '', { isDurable: true }) : undefined
  const adminUrl = started?.url ?? given ?? ''
  const template = await makeServerTemplate(adminUrl)
  const created = [template]
  return {
    kind: 'server',
    async create() {
      const name = `incumbent_bench_${randomUUID().slice(0, 8)}`
      await administer(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`)
      created.push(name)
      const url = new URL(adminUrl)
      url.pathname = `/${name}`
      return { DATABASE_URL: url.href }
    },
    async close() {
      if (started !== undefined) return started.stop()
      for (const name of created) await administer(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}
