import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runIncumbent, temporaryFolder } from '../support/run-incumbent.ts'
import { serveIncumbent } from '../support/serve-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

onEmbedded((databases) => {
  test('a service whose embedded database gives up ends with the reason, so that it is started again', async () => {
    const place = { cwd: temporaryFolder(), database: await databases.place() }
    const service = await serveIncumbent(place)
    rmSync(join(place.database.home, 'database', 'pg_wal'), { recursive: true })
    const write = "select pg_logical_emit_message(false, 'test', 'text'), pg_switch_wal() from generate_series(1, 4)"
    const command = await runIncumbent(place, 'db', 'query', write)
    expect(command.stderr).toContain('pg_wal')
    const { code, stderr } = await service.ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/The database failed: The embedded database ended by itself: could not .* "pg_wal/)
  })
})
