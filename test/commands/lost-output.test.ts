import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const entry = resolve(import.meta.dirname, '../../bin/incumbent.js')

test('a command whose output nobody reads any more ends without a word, as others in a pipe do', async () => {
  const child = spawn(process.execPath, [entry, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  expect(await ended(child.stderr, child)).toEqual({ code: 141, text: '' })
})

test('a command whose notes nobody reads does its work all the same', async () => {
  const child = spawn(process.execPath, [entry, 'no-such-command'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stderr.destroy()
  expect(await ended(child.stdout, child)).toEqual({ code: 2, text: '' })
})

// Where a device that is always full exists: on Linux.
const fullDevice = '/dev/full'

test.runIf(existsSync(fullDevice))(
  'output that cannot be written ends a command with a sentence and exit code 1',
  async () => {
    const full = openSync(fullDevice, 'w')
    const child = spawn(process.execPath, [entry, '--help'], { stdio: ['ignore', full, 'pipe'] })
    closeSync(full)
    const { code, text } = await ended(child.stderr, child)
    expect(code).toBe(1)
    expect(text).toMatch(/^The output cannot be written \(ENOSPC: no space left on device, write\)\. .*\n$/)
  },
)

test.runIf(existsSync(fullDevice))('notes that cannot be written do not keep a command from its work', async () => {
  const full = openSync(fullDevice, 'w')
  const child = spawn(process.execPath, [entry, 'no-such-command'], { stdio: ['ignore', 'pipe', full] })
  closeSync(full)
  expect(await ended(child.stdout, child)).toEqual({ code: 2, text: '' })
})

async function ended(output: NodeJS.ReadableStream | null, child: ReturnType<typeof spawn>) {
  let text = ''
  output?.on('data', (chunk) => {
    text += String(chunk)
  })
  const code = await new Promise((done) => child.on('close', done))
  return { code, text }
}
