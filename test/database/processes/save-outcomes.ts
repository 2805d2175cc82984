import { openDatabase } from '../../../src/database/open-database.ts'
import { createOutcomeWriter } from '../../../src/database/outcome-writer.ts'
import { scoredOutcome } from '../../support/example-evaluation.ts'

/** Saves outcomes without end and prints the key of each when it is durable: `node save-outcomes.ts <id> <home> [<url>]`. */
const [evaluationId = '', home = '', url] = process.argv.slice(2)
const database = await openDatabase({ url, home })
const writer = createOutcomeWriter(database.db, evaluationId, { maxDelayMs: 5 })

async function saveOneAfterAnother(lane: number): Promise<void> {
  for (let number = 0; ; number += 1) {
    const sampleKey = `${lane}-${number}`
    await writer.save(scoredOutcome({ sampleKey, rawText: 'x'.repeat(2_000) }))
    // Not console.log: a pipe must have the line before the next outcome is saved.
    process.stdout.write(`saved ${sampleKey}\n`)
  }
}

await Promise.all([0, 1, 2, 3].map(saveOneAfterAnother))
