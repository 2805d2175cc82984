import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, inject } from 'vitest'
import { openDatabase } from '../../src/database/open-database.ts'
import { type ExampleWeeks, reopenWeeks } from './example-weeks.ts'
import type { SharedDatabases } from './global-setup.ts'

/** A copy of the example weeks of its own, open until the suite ends. */
export async function openExampleWeeks(): Promise<ExampleWeeks> {
  const response = await fetch(`${inject('sharedDatabases')}/weeks`)
  if (!response.ok) throw new Error(await response.text())
  const { folder: made } = (await response.json()) as SharedDatabases['/weeks']
  const folder = mkdtempSync(join(tmpdir(), 'incumbent-weeks-'))
  cpSync(made, folder, { recursive: true })
  const database = await openDatabase({ url: undefined, home: join(folder, 'home') })
  afterAll(async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return reopenWeeks(database, folder)
}
