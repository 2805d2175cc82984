import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { hereOrInService } from '../../src/commands/here-or-in-service.ts'
import { EmbeddedInUse } from '../../src/database/embedded-in-use.ts'
import { type CommandSocket, listenForCommands } from '../../src/serving/socket/listen-for-commands.ts'
import { createFakeClock } from '../support/fake-clock.ts'

const home = mkdtempSync(join(tmpdir(), 'incumbent-service-'))
const sockets: (CommandSocket | undefined)[] = []
afterAll(async () => {
  for (const socket of sockets) await socket?.stop()
  rmSync(home, { recursive: true, force: true })
})

function inUse(command: string, since: Date): EmbeddedInUse {
  return new EmbeddedInUse(home, `${home} is in use.`, { command, since: since.toISOString() })
}

test('a command waits for a service that is just starting, and for no longer than a start takes', async () => {
  const clock = createFakeClock({ skipsSleep: true })
  const since = clock.now()
  const refused = () => Promise.reject(inUse('incumbent serve --port 0', since))
  await expect(hereOrInService(['status'], refused, clock)).rejects.toThrow('is in use')
  expect(clock.now().getTime() - since.getTime()).toBe(15_000)
})

test('a command is carried by the service as soon as that takes commands', async () => {
  const clock = createFakeClock({ skipsSleep: true })
  let attempts = 0
  const carry = async () => {
    attempts += 1
    if (attempts === 3) sockets.push(await listenForCommands(home, () => Promise.resolve(7)))
    throw inUse('incumbent serve', clock.now())
  }
  expect(await hereOrInService(['status'], carry, clock)).toBe(7)
  expect(attempts).toBe(3)
  await sockets.pop()?.stop()
})

test('a command is carried here where the starting service has ended', async () => {
  const clock = createFakeClock({ skipsSleep: true })
  let attempts = 0
  const carry = async () => {
    attempts += 1
    if (attempts === 1) throw inUse('incumbent serve', clock.now())
    return 0
  }
  expect(await hereOrInService(['status'], carry, clock)).toBe(0)
})

test('an owner that never takes commands is told of at once', async () => {
  const clock = createFakeClock()
  const refused = () => Promise.reject(inUse('incumbent run', clock.now()))
  await expect(hereOrInService(['status'], refused, clock)).rejects.toThrow('is in use')
  expect(clock.sleeps).toEqual([])
})
