import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { framesToCaller, frameText, socketPath } from '../../../src/serving/socket/command-frames.ts'
import {
  type CommandSocket,
  listenForCommands,
  type RunCommand,
} from '../../../src/serving/socket/listen-for-commands.ts'
import { sendCommand } from '../../../src/serving/socket/send-command.ts'
import { caller } from '../../../src/shared/caller.ts'
import { packageVersion } from '../../../src/shared/package-root.ts'

const homes: string[] = []
const sockets: CommandSocket[] = []

afterEach(async () => {
  await Promise.all(sockets.splice(0).map((socket) => socket.stop()))
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true })
})

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'incumbent-socket-'))
  homes.push(home)
  return home
}

async function listening(run: RunCommand): Promise<string> {
  const home = newHome()
  const socket = await listenForCommands(home, run)
  if (socket !== undefined) sockets.push(socket)
  return home
}

/** Somebody who sends commands; what comes out is kept. */
function sender(terminal: { isTTY: boolean; columns: number } | object = {}) {
  let interrupt = () => {}
  const text = { stdout: '', stderr: '' }
  const into = (name: 'stdout' | 'stderr') =>
    ({ ...terminal, write: (more: string) => (text[name] += more) }) as unknown as NodeJS.WriteStream
  return {
    text,
    interrupt: () => interrupt(),
    send: (home: string, ...argv: string[]) =>
      sendCommand(home, argv, {
        cwd: '/somewhere',
        stdout: into('stdout'),
        stderr: into('stderr'),
        onInterrupt: (hear) => {
          interrupt = hear
          return () => {
            interrupt = () => {}
          }
        },
      }),
  }
}

describe('a command that is sent to the service', () => {
  test('has its arguments and working directory there, and its output and exit code here', async () => {
    const home = await listening((argv) => {
      const { cwd, stdout, stderr } = caller()
      stdout.write(`${argv.join(' ')} in ${cwd}: `)
      stderr.write('careful\n')
      stdout.write('größer\n')
      return Promise.resolve(3)
    })
    const { text, send } = sender()
    expect(await send(home, 'status', '--json')).toBe(3)
    expect(text).toEqual({ stdout: 'status --json in /somewhere: größer\n', stderr: 'careful\n' })
  })

  test('knows whether it writes to a terminal, and how wide that is', async () => {
    const home = await listening(() => {
      const { stdout, stderr } = caller()
      stdout.write(JSON.stringify([stdout.isTTY, stdout.columns, stderr.isTTY]))
      return Promise.resolve(0)
    })
    const onTerminal = sender({ isTTY: true, columns: 99 })
    await onTerminal.send(home)
    expect(onTerminal.text.stdout).toBe('[true,99,true]')
    const elsewhere = sender()
    await elsewhere.send(home)
    expect(elsewhere.text.stdout).toBe('[null,null,null]')
  })

  test('is stopped by an interrupt of the one who sent it, and may have its last word', async () => {
    const begun = Promise.withResolvers<void>()
    const home = await listening(async () => {
      const { signal, stderr } = caller()
      begun.resolve()
      await new Promise((resolve) => signal?.addEventListener('abort', resolve))
      stderr.write('Interrupted.\n')
      return 130
    })
    const { text, send, interrupt } = sender()
    const code = send(home, 'run')
    await begun.promise
    interrupt()
    expect(await code).toBe(130)
    expect(text.stderr).toBe('Interrupted.\n')
  })

  test('is stopped when the one who sent it dies', async () => {
    const begun = Promise.withResolvers<void>()
    const stopped = Promise.withResolvers<void>()
    const home = await listening(async () => {
      begun.resolve()
      await new Promise((resolve) => caller().signal?.addEventListener('abort', resolve))
      stopped.resolve()
      return 130
    })
    const socket = connect(socketPath(home))
    const command = { argv: ['run'], cwd: '/', version: '0.1.0', terminal: { stdout: null, stderr: null } }
    socket.write(frameText({ command }))
    await begun.promise
    socket.destroy()
    await stopped.promise
  })

  test('goes beside others, each with its own output', async () => {
    const home = await listening(async (argv) => {
      for (let turn = 0; turn < 3; turn += 1) {
        caller().stdout.write(argv.join())
        await new Promise((resolve) => setImmediate(resolve))
      }
      return 0
    })
    const senders = ['a', 'b', 'c'].map((name) => ({ name, ...sender() }))
    await Promise.all(senders.map(({ name, send }) => send(home, name)))
    expect(senders.map(({ text }) => text.stdout)).toEqual(['aaa', 'bbb', 'ccc'])
  })

  test('has to wait until its output is read, and all of it comes before its end', async () => {
    const held = Promise.withResolvers<number>()
    const home = await listening(async () => {
      const { stdout } = caller()
      for (let turn = 0; turn < 500; turn += 1) {
        if (stdout.write('x'.repeat(10_000))) continue
        held.resolve(turn)
        await once(stdout, 'drain')
      }
      return 0
    })
    const socket = connect(socketPath(home))
    const command = { argv: ['export'], cwd: '/', version: packageVersion(), terminal: { stdout: null, stderr: null } }
    socket.write(frameText({ command }))
    expect(await held.promise).toBeLessThan(499)
    const frames: object[] = []
    for await (const frame of framesToCaller(socket)) frames.push(frame)
    expect(frames).toHaveLength(501)
    expect(frames.at(-1)).toEqual({ exit: 0 })
  })

  test('of another version is refused, with what to do', async () => {
    const home = await listening(() => Promise.resolve(0))
    const socket = connect(socketPath(home))
    const command = { argv: ['run'], cwd: '/', version: '99.0.0', terminal: { stdout: null, stderr: null } }
    socket.write(frameText({ command }))
    let received = ''
    for await (const chunk of socket) received += String(chunk)
    expect(received).toContain('this is version 99.0.0: start the service again')
    expect(received).toContain('{"exit":2}')
  })

  test('is told when the service dies before it is through', async () => {
    const home = newHome()
    const dying = createServer((socket) => socket.once('data', () => socket.destroy()))
    await new Promise<void>((resolve) => dying.listen(socketPath(home), resolve))
    const { text, send } = sender()
    expect(await send(home, 'run')).toBe(1)
    expect(text.stderr).toContain('The service ended before the command did')
    dying.close()
  })
})

describe('the socket', () => {
  test('is for the same user only, and gone when the service ends', async () => {
    const home = newHome()
    const socket = await listenForCommands(home, () => Promise.resolve(0))
    expect(statSync(socketPath(home)).mode & 0o777).toBe(0o600)
    await socket?.stop()
    expect(await sender().send(home, 'status')).toBeUndefined()
  })

  test('replaces one that a killed service left behind', async () => {
    const home = newHome()
    writeFileSync(socketPath(home), '')
    expect(await sender().send(home, 'status')).toBeUndefined()
    const socket = await listenForCommands(home, () => Promise.resolve(0))
    if (socket !== undefined) sockets.push(socket)
    expect(await sender().send(home, 'status')).toBe(0)
  })

  test('survives a caller that speaks something else', async () => {
    const home = await listening(() => Promise.resolve(0))
    const socket = connect(socketPath(home))
    socket.on('error', () => undefined)
    socket.end('GET / HTTP/1.1\r\n\r\n')
    await new Promise((resolve) => socket.once('close', resolve))
    expect(await sender().send(home, 'status')).toBe(0)
  })

  test('is left out where the path of the directory is too long for one', async () => {
    const home = join(newHome(), 'a'.repeat(100))
    expect(await listenForCommands(home, () => Promise.resolve(0))).toBeUndefined()
  })
})
