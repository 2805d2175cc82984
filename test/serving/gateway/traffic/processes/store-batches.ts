import { openDatabase } from '../../../../../src/database/open-database.ts'
import { storeRecorded } from '../../../../../src/serving/gateway/traffic/store-recorded.ts'
import { exampleTime } from '../../../../support/example-evaluation.ts'
import { batchOf } from '../batch-of.ts'

/** Stores batches without end and prints the number of each: `node store-batches.ts <writer> <rollout> <home> [<url>]`. */
const [writer = '', rolloutId = '', home = '', url] = process.argv.slice(2)
const database = await openDatabase({ url, home })
for (let number = 1; ; number += 1) {
  await storeRecorded(database.db, batchOf({ writer, number }, rolloutId), exampleTime)
  // Not console.log: a pipe must have the line before the next batch is stored.
  process.stdout.write(`stored ${number}.\n`)
}
