import { join } from 'node:path'
import { openDatabase } from '../../src/database/open-database.ts'
import { exampleWeeks } from './example-weeks.ts'

/** Makes the example weeks for tests to copy: `node make-example-weeks.ts <folder>`, with the database in `home` there. */
const [folder = ''] = process.argv.slice(2)
const database = await openDatabase({ url: undefined, home: join(folder, 'home') })
await exampleWeeks(database, folder)
await database.close()
