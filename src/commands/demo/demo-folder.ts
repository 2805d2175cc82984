import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { acquireEmbeddedLock } from '../../database/embedded-lock.ts'

const prefix = 'incumbent-demo-'

/** A folder that is gone when the process is, however it ends but by kill -9. */
export interface DemoFolder {
  path: string
  remove(): void
}

/** Also removes what killed demos have left. */
export async function makeDemoFolder(parent: string = tmpdir()): Promise<DemoFolder> {
  await removeLeftovers(parent)
  const path = mkdtempSync(join(parent, `${prefix}${process.pid}-`))
  const remove = () => {
    process.off('exit', remove)
    rmSync(path, { recursive: true, force: true, maxRetries: 3 })
  }
  process.on('exit', remove)
  return { path, remove }
}

async function removeLeftovers(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1] ?? Number.NaN)
    if (!Number.isNaN(pid) && !isAlive(pid)) await removeUnlessInUse(join(parent, name))
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives, and is somebody else's.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

/** A process of another container may have the folder and no pid here: the lock of its database tells. */
async function removeUnlessInUse(path: string): Promise<void> {
  try {
    const lock = await acquireEmbeddedLock(join(path, '.incumbent'), new Date())
    rmSync(path, { recursive: true, force: true })
    lock.release()
  } catch {
    // In use, or of another user: whoever it belongs to removes it.
  }
}
