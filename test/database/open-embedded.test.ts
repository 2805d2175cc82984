import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { openEmbedded } from '../../src/database/open-embedded.ts'
import { temporaryFolder } from '../support/run-incumbent.ts'

const close = vi.hoisted(() => vi.fn<() => Promise<void>>())
vi.mock('../../src/database/start-embedded-thread.ts', () => ({ startEmbeddedThread: () => undefined }))
vi.mock('../../src/database/connect-embedded.ts', () => ({
  connectEmbedded: vi.fn().mockRejectedValueOnce(new Error('no thread')).mockResolvedValue({ close }),
}))

test('a database that fails at once is told of by its own error, and is left to others', async () => {
  const home = temporaryFolder()
  await expect(openEmbedded(home, new Date())).rejects.toThrow('no thread')
  expect(existsSync(join(home, 'owner.json'))).toBe(false)
})

test('others get the database only when it is closed, however often that is asked for, and also when closing fails', async () => {
  const home = temporaryFolder()
  const closed = Promise.withResolvers<void>()
  close.mockReturnValue(closed.promise)
  const database = await openEmbedded(home, new Date())
  const twice = Promise.allSettled([database.close(), database.close()])
  await new Promise(setImmediate)
  expect(existsSync(join(home, 'owner.json'))).toBe(true)
  closed.reject(new Error('did not close'))
  await twice
  expect(existsSync(join(home, 'owner.json'))).toBe(false)
})
