import { openDatabase } from '../../src/database/open-database.ts'

/**
 * Makes a database for tests to copy: `node make-template.ts <home> [<url> | --empty]`. A process of its own, so that the
 * memory of the embedded database is free again and the code is that of the moment.
 */
const [home = '', urlOrEmpty] = process.argv.slice(2)
const isEmpty = urlOrEmpty === '--empty'
const database = await openDatabase({ url: isEmpty ? undefined : urlOrEmpty, home, migrate: !isEmpty })
await database.close()
