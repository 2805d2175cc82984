import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEmbedded } from '../../src/database/open-embedded.ts'
import type { EmbeddedThread } from '../../src/database/start-embedded-thread.ts'
import { temporaryFolder } from '../support/run-incumbent.ts'

function threadThat(ask: EmbeddedThread['ask']): () => EmbeddedThread {
  return () => ({ ask, lost: new AbortController().signal, terminate: () => Promise.resolve() })
}

test('a database that fails at once is told of by its own error, and is left to others', async () => {
  const home = temporaryFolder()
  const thread = threadThat(() => Promise.reject(new Error('no thread')))
  await expect(openEmbedded(home, new Date(), {}, thread)).rejects.toThrow('no thread')
  expect(existsSync(join(home, 'owner.json'))).toBe(false)
})

test('others get the database only when it is closed, however often that is asked for, and also when closing fails', async () => {
  const home = temporaryFolder()
  const closed = Promise.withResolvers<void>()
  const thread = threadThat((work) => (work.do === 'close' ? closed.promise : Promise.resolve()))
  const database = await openEmbedded(home, new Date(), {}, thread)
  const twice = Promise.allSettled([database.close(), database.close()])
  await new Promise(setImmediate)
  expect(existsSync(join(home, 'owner.json'))).toBe(true)
  closed.reject(new Error('did not close'))
  await twice
  expect(existsSync(join(home, 'owner.json'))).toBe(false)
})
