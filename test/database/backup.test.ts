import { execFileSync } from 'node:child_process'
import { existsSync, globSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { describe, expect, test } from 'vitest'
import { raiseAlert } from '../../src/database/alert-queries.ts'
import { backUp, restore } from '../../src/database/embedded-backup.ts'
import type { Tables } from '../../src/database/tables.ts'
import { temporaryFolder } from '../support/run-incumbent.ts'
import { onEmbedded, onServer } from '../support/test-databases.ts'

const now = new Date('2026-11-22T02:30:00Z')

async function alert(db: Kysely<Tables>, subject: string): Promise<void> {
  const about = { tier: 1, model: undefined, evaluationId: undefined, raisedAt: now }
  await raiseAlert(db, { kind: 'drift', severity: 'info', subject, message: 'for the test', ...about })
}

async function subjects(db: Kysely<Tables>): Promise<string[]> {
  return (await db.selectFrom('alerts').select('subject').orderBy('id').execute()).map(({ subject }) => subject)
}

onEmbedded((databases) => {
  const folder = temporaryFolder()

  test('what was there at the time of the backup is there after it was restored, and nothing else', async () => {
    const place = await databases.place()
    const database = await databases.openAt(place)
    await alert(database.db, 'before')
    const file = join(folder, 'backup.tar.gz')
    await backUp(database, file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await alert(database.db, 'after')
    await database.close()

    const aside = await restore(place.home, file, now)
    expect(aside).toBe(join(place.home, 'database.before-2026-11-22T02-30-00.000Z'))
    expect(existsSync(aside ?? '')).toBe(true)
    const restored = await databases.openAt(place)
    expect(await subjects(restored.db)).toEqual(['before'])
    await alert(restored.db, 'later')
    expect(await subjects(restored.db)).toEqual(['before', 'later'])
  })

  test('a file that is no backup, or is cut off, changes nothing', async () => {
    const place = await databases.place()
    const database = await databases.openAt(place)
    await alert(database.db, 'kept')
    const file = join(folder, 'whole.tar.gz')
    await backUp(database, file)
    await expect(backUp(database, file)).rejects.toThrow('is. Name another one.')
    await expect(restore(place.home, file, now)).rejects.toThrow('is in use')
    await database.close()
    const broken = join(folder, 'broken.tar.gz')
    writeFileSync(broken, 'not at all')
    await expect(restore(place.home, broken, now)).rejects.toThrow('is none (incorrect header check)')
    await expect(restore(place.home, join(folder, 'nowhere'), now)).rejects.toThrow('ENOENT')
    const again = await databases.openAt(place)
    expect(await subjects(again.db)).toEqual(['kept'])
  })
})

const pgTools = globSync('/usr/lib/postgresql/*/bin')
  .filter((folder) => existsSync(join(folder, 'pg_dump')))
  .at(-1)

describe.skipIf(pgTools === undefined)('with pg_dump and pg_restore', () => {
  onServer((databases) => {
    const folder = temporaryFolder()

    test('a server that is restored as docs/operations.md says has rows, views, functions and triggers', async () => {
      const from = await databases.place()
      const to = await databases.place('empty')
      const database = await databases.openAt(from)
      await alert(database.db, 'before')
      const file = join(folder, 'incumbent.dump')
      await expect(backUp(database, file)).rejects.toThrow('pg_dump --format=custom')
      execFileSync(join(pgTools ?? '', 'pg_dump'), ['--format=custom', `--file=${file}`, from.url ?? ''])
      execFileSync(join(pgTools ?? '', 'pg_restore'), [
        '--clean',
        '--if-exists',
        '--no-owner',
        `--dbname=${to.url}`,
        file,
      ])
      const { db } = await databases.openAt(to)
      expect(await subjects(db)).toEqual(['before'])
      await db.selectFrom('tier_leaderboard').selectAll().execute()
      await db.updateTable('model_assignments').set({ current_model: 'gemini-1.5-pro' }).where('tier', '=', 1).execute()
      const [last] = await db.selectFrom('assignment_history').select('model').orderBy('id', 'desc').limit(1).execute()
      expect(last?.model).toBe('gemini-1.5-pro')
    })
  })
})
