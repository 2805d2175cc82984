import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

/** Creates a migrated database on a server and returns its name. */
export async function makeServerTemplate(adminUrl: string): Promise<string> {
  const name = `incumbent_template_${randomUUID().slice(0, 8)}`
  await administer(adminUrl, `CREATE DATABASE ${name}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  await makeTemplate('/nonexistent', url.href)
  return name
}

export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await administer(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
}

/**
 * A folder with the homes of two embedded databases that nobody has open, `empty` and `migrated`. They take seconds to
 * make and are kept in node_modules, under a name that changes with the migrations and with PGlite.
 */
export async function makeEmbeddedTemplates(): Promise<string> {
  return madeOnce(`embedded-${contentKey('template-databases.ts')}`, async (folder) => {
    await makeTemplate(join(folder, 'empty'), '--empty')
    removeUnusedDatabases(join(folder, 'empty', 'database'))
    cpSync(join(folder, 'empty'), join(folder, 'migrated'), { recursive: true })
    await makeTemplate(join(folder, 'migrated'))
  })
}

/** `template1` and `template0`, of which only CREATE DATABASE makes use: two thirds of the files that each test copies. */
function removeUnusedDatabases(directory: string): void {
  for (const oid of ['1', '4']) rmSync(join(directory, 'base', oid), { recursive: true })
}

/** A folder with the example weeks, kept as the templates are; the name changes with what makes them, too. */
export async function makeExampleWeeks(): Promise<string> {
  return madeOnce(`weeks-${contentKey('example-weeks.ts')}`, (folder) => run('make-example-weeks.ts', folder))
}

async function madeOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cache, name)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  removeOldTemplates()
  const unfinished = mkdtempSync(join(cache, 'unfinished-'))
  await make(unfinished)
  try {
    renameSync(unfinished, folder)
  } catch {
    // Another test process was faster; its directory is as good.
    rmSync(unfinished, { recursive: true, force: true })
  }
  return folder
}

export async function administer(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client(adminUrl)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

const root = resolve(import.meta.dirname, '..', '..')
const cache = join(root, 'node_modules', '.cache', 'incumbent-tests')

async function makeTemplate(...words: string[]): Promise<void> {
  await run('make-template.ts', ...words)
}

async function run(program: string, ...words: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, program), ...words])
}

/** @param names of further files of this folder that count */
function contentKey(...names: string[]): string {
  const hash = createHash('sha256')
  const migrations = join(root, 'migrations')
  for (const name of readdirSync(migrations).sort()) hash.update(name).update(readFileSync(join(migrations, name)))
  for (const name of ['migrations.ts', 'migrate.ts', 'open-embedded.ts']) {
    hash.update(readFileSync(join(root, 'src', 'database', name)))
  }
  for (const name of names) hash.update(readFileSync(join(import.meta.dirname, name)))
  hash.update(readFileSync(join(root, 'node_modules', '@electric-sql', 'pglite', 'package.json')))
  return hash.digest('hex').slice(0, 16)
}

/** Those of earlier days: one of today may be in use by another test process. */
function removeOldTemplates(): void {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name)
    if (Date.now() - statSync(folder).mtimeMs > 24 * 60 * 60 * 1000) rmSync(folder, { recursive: true, force: true })
  }
}
