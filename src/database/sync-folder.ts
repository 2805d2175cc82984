import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Waits until all that was written into a folder is on the disk. A thousand new files take a quarter of a second or more. */
export async function syncFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true })
  const waiting = [folder, ...entries.map((entry) => join(folder, entry))].values()
  await Promise.all(Array.from({ length: atOnce }, () => syncEach(waiting)))
}

/** Waits until the entries of a folder are on the disk: names of files that were made, renamed or deleted in it. */
export async function syncEntries(folder: string): Promise<void> {
  await syncEach([folder])
}

/** As many as Node.js has threads for it. */
const atOnce = 4

async function syncEach(paths: Iterable<string>): Promise<void> {
  for (const path of paths) {
    const file = await open(path)
    try {
      await file.sync()
    } finally {
      await file.close()
    }
  }
}
