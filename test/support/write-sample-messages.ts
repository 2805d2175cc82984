import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listAlerts } from '../../src/database/alert-queries.ts'
import { listCycles } from '../../src/database/cycle-queries.ts'
import { openDatabase } from '../../src/database/open-database.ts'
import { sampleFolder, sampleMessages } from './sample-messages.ts'
import { makeExampleWeeks } from './template-databases.ts'

/**
 * Writes reports/sample/messages again: `node test/support/write-sample-messages.ts`; with `--weeks` from example weeks that
 * are made anew, which takes a minute.
 */
if (process.argv.includes('--weeks')) await takeWeeks()
for (const [name, content] of await sampleMessages()) writeFileSync(join(sampleFolder, name), content)

async function takeWeeks(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'incumbent-sample-'))
  cpSync(await makeExampleWeeks(), folder, { recursive: true })
  const database = await openDatabase({ url: undefined, home: join(folder, 'home') })
  try {
    const { db } = database
    const [cycle] = await listCycles(db, 1)
    const alert = (await listAlerts(db, 100)).find(({ severity, kind }) => kind === 'rollout' && severity !== 'info')
    mkdirSync(sampleFolder, { recursive: true })
    const reports = { ...cycle?.summary, reports: [] }
    writeFileSync(join(sampleFolder, 'cycle.json'), `${JSON.stringify(reports, undefined, 2)}\n`)
    writeFileSync(join(sampleFolder, 'alert.json'), `${JSON.stringify(alert, undefined, 2)}\n`)
  } finally {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
