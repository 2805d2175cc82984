import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sampleFolder, sampleMessages } from '../../support/sample-messages.ts'

test('the sample messages are those that the program writes (else: node test/support/write-sample-messages.ts)', async () => {
  const files = await sampleMessages()
  expect(readdirSync(sampleFolder).toSorted()).toEqual(
    [...files.keys(), 'alert.json', 'cycle.json', 'README.md'].toSorted(),
  )
  for (const [name, content] of files) {
    const stored = readFileSync(join(sampleFolder, name))
    // Pictures are compared by their size: what their letters look like may depend on the machine.
    if (typeof content === 'string') expect(stored.toString(), name).toBe(content)
    else expect(stored.subarray(16, 24), name).toEqual(Buffer.from(content).subarray(16, 24))
  }
})
