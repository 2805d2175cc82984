import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll } from 'vitest'
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
}

const entry = resolve(import.meta.dirname, '../../bin/incumbent.js')

/** Runs a command as a person would, in a process of its own, with nothing of this machine's environment. */
export function runIncumbent(place: Place, ...argv: string[]): Promise<Finished> {
  return finished(startIncumbent(place, ...argv))
}

export function startIncumbent({ cwd, database, environment }: Place, ...argv: string[]): ChildProcess {
  const where = database.url === undefined ? { INCUMBENT_HOME: database.home } : { DATABASE_URL: database.url }
  return spawn(process.execPath, [entry, ...argv], {
    cwd,
    env: { PATH: process.env.PATH, TZ: 'UTC', OLLAMA_HOST: '127.0.0.1:9', ...where, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
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
