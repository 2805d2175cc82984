import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Config } from '../../config/config.ts'
import { type Check, good, problem, warning } from './check.ts'

const lowBytes = 1024 ** 3
const tooLowBytes = 100 * 1024 ** 2

/** Whether what is written by every cycle can be written, and how long there will be room for it. */
export function checkFolders({ home, reports, database }: Pick<Config, 'home' | 'reports' | 'database'>): Check[] {
  const kept = database.url === undefined ? [{ part: 'disk of the database', folder: home }] : []
  return [...kept, { part: 'disk of the reports', folder: reports.folder }].map(({ part, folder }) =>
    checkFolder(part, folder),
  )
}

export function checkFolder(part: string, folder: string): Check {
  const existing = nearestExisting(folder)
  try {
    accessSync(existing, constants.W_OK | constants.X_OK)
  } catch {
    return problem(part, `${existing} cannot be written`, `Give the user that runs incumbent the right to write there`)
  }
  const { bavail, bsize } = statfsSync(existing)
  return judgeRoom(part, folder, bavail * bsize)
}

export function judgeRoom(part: string, folder: string, freeBytes: number): Check {
  const words = `${gigabytes(freeBytes)} free in ${folder}`
  const remedy = 'Make room: old reports may be archived, and the database be moved (INCUMBENT_HOME)'
  if (freeBytes < tooLowBytes) return problem(part, words, remedy)
  return freeBytes < lowBytes ? warning(part, words, remedy) : good(part, words)
}

function nearestExisting(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestExisting(dirname(folder))
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)}\u202fGB`
}
