import { openDatabase } from '../../src/database/open-database.ts'

/**
 * Makes a migrated database for tests to copy: `node make-template.ts <home> [<url>]`. A process of its own, so that the
 * memory of the embedded database is free again and the code is that of the moment.
 */
const [home = '', url] = process.argv.slice(2)
const database = await openDatabase({ url, home })
await database.close()
