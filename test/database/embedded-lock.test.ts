import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { acquireEmbeddedLock } from '../../src/database/embedded-lock.ts'
import { UserError } from '../../src/shared/user-error.ts'
import { type Child, startChild } from '../support/child-process.ts'

const since = new Date('2026-11-22T01:00:00.000Z')
const script = `${import.meta.dirname}/processes/lock-and-wait.ts`
const children: Child[] = []
const homes: string[] = []

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'incumbent-lock-'))
  homes.push(home)
  return home
}

function owner(home: string): Child {
  const child = startChild(script, [home, since.toISOString()])
  children.push(child)
  return child
}

afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()))
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true })
})

describe('the owner of an embedded directory', () => {
  test('is one: a second process is told who it is and what to do', async () => {
    const home = newHome()
    const first = owner(home)
    await first.line('locked')
    const second = acquireEmbeddedLock(home, new Date())
    await expect(second).rejects.toThrow(UserError)
    const told = `${home} is in use by process ${first.process.pid} since 2026-11-22T01:00:00.000Z (started with: lock-and-wait.ts ${home}`
    await expect(second).rejects.toThrow(told)
    await expect(second).rejects.toThrow('set DATABASE_URL to a PostgreSQL server')
  })

  test('needs a directory that can be written, and says so', async () => {
    const home = newHome()
    // In its place a file that cannot become the owner's.
    mkdirSync(join(home, 'owner.json', 'occupied'), { recursive: true })
    await expect(acquireEmbeddedLock(home, since)).rejects.toThrow(/that can be written, and .* is none/)
    rmSync(join(home, 'owner.json'), { recursive: true })
    const lock = await acquireEmbeddedLock(home, since)
    lock.release()
  })

  test('is one within a process too, in a directory that is made for it', async () => {
    const home = join(newHome(), 'a', 'b')
    const lock = await acquireEmbeddedLock(home, since)
    await expect(acquireEmbeddedLock(home, since)).rejects.toThrow(`by process ${process.pid} `)
    lock.release()
    const again = await acquireEmbeddedLock(home, since)
    again.release()
  })

  test('that was killed is followed at once by the next', async () => {
    const home = newHome()
    const first = owner(home)
    await first.line('locked')
    await first.kill('SIGKILL')
    const next = await acquireEmbeddedLock(home, since)
    expect(JSON.parse(readFileSync(join(home, 'owner.json'), 'utf8'))).toMatchObject({
      pid: process.pid,
      host: hostname(),
      since: since.toISOString(),
    })
    next.release()
  })

  test('that ends leaves nothing behind that looks like an owner', async () => {
    const home = newHome()
    const lock = await acquireEmbeddedLock(home, since)
    lock.release()
    lock.release()
    expect(readdirSync(home)).toEqual(['database.lock'])
  })

  test('is named with its host when it runs on another one that shares the directory', async () => {
    const home = newHome()
    const first = owner(home)
    await first.line('locked')
    const elsewhere = { pid: 7, host: 'container-b', since: since.toISOString(), command: 'incumbent serve' }
    writeFileSync(join(home, 'owner.json'), JSON.stringify(elsewhere))
    await expect(acquireEmbeddedLock(home, since)).rejects.toThrow(
      'in use by process 7 on host container-b since 2026-11-22T01:00:00.000Z (started with: incumbent serve)',
    )
  })

  test('is exactly one of many that start in the same moment after a kill', async () => {
    const home = newHome()
    const first = owner(home)
    await first.line('locked')
    await first.kill('SIGKILL')
    const rivals = Array.from({ length: 5 }, () => owner(home))
    await Promise.all(rivals.map((rival) => rival.line('tried')))
    expect(rivals.filter(({ lines }) => lines.includes('locked'))).toHaveLength(1)
  })
})

describe('a directory that cannot be used', () => {
  test('is named, with what to do', async () => {
    const file = join(newHome(), 'file')
    writeFileSync(file, '')
    const attempt = acquireEmbeddedLock(join(file, 'home'), since)
    await expect(attempt).rejects.toThrow(UserError)
    await expect(attempt).rejects.toThrow(/Expected a directory .*file\/home is none \(ENOTDIR.*INCUMBENT_HOME/)
  })
})
