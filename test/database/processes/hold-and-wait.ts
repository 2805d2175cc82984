import { holdTier } from '../../../src/database/holds.ts'
import { openDatabase } from '../../../src/database/open-database.ts'

/** Holds a tier until it is killed: `node hold-and-wait.ts <tier> <url>`. */
const [tier = '', url] = process.argv.slice(2)
const database = await openDatabase({ url, home: '/nonexistent' })
const hold = await holdTier(database, Number(tier))
console.log(hold.status)
process.stdin.resume()
