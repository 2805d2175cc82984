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
  utimesSync,
} from 'node:fs'
import { join, relative, resolve } from 'node:path'
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
  return madeOnce(`embedded-${contentKey(...ofTemplates)}`, async (folder) => {
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

/** A folder with the example weeks, kept as the templates are; the whole program makes them, so any change of it counts. */
export async function makeExampleWeeks(): Promise<string> {
  const scripts = ['example-weeks', 'example-deliveries', 'example-rollout'].map((name) => `test/support/${name}.ts`)
  const key = contentKey('src', 'golden-datasets', ...scripts)
  return madeOnce(`weeks-${key}`, (folder) => run('make-example-weeks.ts', folder))
}

async function madeOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cache, name)
  if (existsSync(folder)) {
    utimesSync(folder, new Date(), new Date())
    return folder
  }
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

const ofTemplates = [
  'src/database/migrations.ts',
  'src/database/migrate.ts',
  'src/database/open-embedded.ts',
  'test/support/template-databases.ts',
]

/** @param places files and folders that count beside the migrations and PGlite */
function contentKey(...places: string[]): string {
  const hash = createHash('sha256')
  for (const place of ['migrations', ...places, 'node_modules/@electric-sql/pglite/package.json']) {
    for (const file of filesIn(join(root, place))) hash.update(relative(root, file)).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}

/** A file itself, or all files below a folder, always in the same order. */
function filesIn(place: string): string[] {
  if (statSync(place).isFile()) return [place]
  const entries = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.map(({ parentPath, name }) => join(parentPath, name)).sort()
}

/** What nobody has asked for since so long: anything younger may be in use by another test process. */
const unusedMs = 6 * 60 * 60 * 1000

function removeOldTemplates(): void {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name)
    if (Date.now() - statSync(folder).mtimeMs > unusedMs) rmSync(folder, { recursive: true, force: true })
  }
}
