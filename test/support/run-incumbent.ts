import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll } from 'vitest'
import { runProgram } from '../../src/commands/program.ts'
import { onBehalfOf } from '../../src/shared/caller.ts'
import type { DatabasePlace } from './test-databases.ts'

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

export interface Place {
  /** The working directory. */
  cwd: string
  database: DatabasePlace
  environment?: Record<string, string>
  /** The file that processes start with; default: that of the package. */
  program?: string
}

const entry = resolve(import.meta.dirname, '../../bin/incumbent.js')

/**
 * Carries a command out as a person would, with nothing of this machine's environment, but within this process, where its
 * modules are loaded already. To be called one at a time: a process has one working directory and one environment.
 */
export async function runIncumbent(place: Place, ...argv: string[]): Promise<Finished> {
  const printed = { stdout: '', stderr: '' }
  const written = (stream: keyof typeof printed) =>
    new Writable({
      write(chunk, _encoding, done) {
        printed[stream] += String(chunk)
        done()
      },
    })
  const { signal } = new AbortController()
  const caller = { cwd: place.cwd, stdout: written('stdout'), stderr: written('stderr'), signal }
  const leave = enter(place)
  try {
    return { code: await onBehalfOf(caller, () => runProgram(argv)), ...printed }
  } finally {
    leave()
  }
}

/** Runs a command in a process of its own: for what only a process shows, such as its start, its end and its locks. */
export function spawnIncumbent(place: Place, ...argv: string[]): Promise<Finished> {
  return finished(startIncumbent(place, ...argv))
}

export function startIncumbent(place: Place, ...argv: string[]): ChildProcess {
  const options = { cwd: place.cwd, env: environmentOf(place) }
  return spawn(process.execPath, [place.program ?? entry, ...argv], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
}

function environmentOf({ database, environment }: Place): NodeJS.ProcessEnv {
  const where = database.url === undefined ? { INCUMBENT_HOME: database.home } : { DATABASE_URL: database.url }
  return { PATH: process.env.PATH, TZ: 'UTC', OLLAMA_HOST: '127.0.0.1:9', ...where, ...environment }
}

/** Gives this process a place's working directory and environment; returns what takes it back. */
function enter(place: Place): () => void {
  if (isInside) throw new Error('Two commands at a time have to be run in processes of their own.')
  isInside = true
  const before = { cwd: process.cwd(), environment: { ...process.env } }
  process.chdir(place.cwd)
  setEnvironment(environmentOf(place))
  return () => {
    process.chdir(before.cwd)
    setEnvironment(before.environment)
    isInside = false
  }
}

let isInside = false

/** In place, because only then a time zone counts. */
function setEnvironment(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name]
  Object.assign(process.env, environment)
}

export function finished(child: ChildProcess): Promise<Finished> {
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  return new Promise((done, failed) => {
    child.on('error', failed)
    child.on('close', (code) => done({ code, stdout, stderr }))
  })
}

/** An empty folder that is removed when the suite ends; called inside `describe`. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'incumbent-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
