import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { Writable } from 'node:stream'
import { type Caller, type Output, onBehalfOf } from '../../shared/caller.ts'
import { packageVersion } from '../../shared/package-root.ts'
import { succeedsWithin } from '../succeeds-within.ts'
import { type CarriedCommand, type FrameToCaller, framesToService, frameText, socketPath } from './command-frames.ts'

export interface CommandSocket {
  /** Takes no more commands, interrupts those that are carried out, and gives them some seconds to store what they did. */
  stop(): Promise<void>
}

/** Carries a command within this process, for the caller of this moment; gives its exit code. */
export type RunCommand = (argv: readonly string[]) => Promise<number>

/** Of `sun_path` in the address of a socket, on the system that has the least. */
const mostPathBytes = 103

const lastWordsMs = 5_000

/**
 * Takes the commands of other processes on `service.sock` in the directory of the embedded database, which only its owner
 * may do: a socket that is there was left behind by a dead one. Only the same user can send commands.
 * @returns undefined where the path of the directory is too long for a socket
 */
export async function listenForCommands(home: string, run: RunCommand): Promise<CommandSocket | undefined> {
  const path = socketPath(home)
  if (Buffer.byteLength(path) > mostPathBytes) return undefined
  rmSync(path, { force: true })
  const running = new Map<AbortController, Promise<void>>()
  const server = createServer((socket) => {
    const stop = new AbortController()
    running.set(
      stop,
      serve(socket, run, stop).finally(() => running.delete(stop)),
    )
  })
  await listening(server, path)
  return {
    stop: async () => {
      server.close()
      for (const stop of running.keys()) stop.abort()
      await succeedsWithin(Promise.all(running.values()), lastWordsMs)
      rmSync(path, { force: true })
    },
  }
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      chmodSync(path, 0o600)
      resolve()
    })
  })
}

/** Never throws: what goes wrong with one caller is no matter of the service. */
async function serve(socket: Socket, run: RunCommand, stop: AbortController): Promise<void> {
  socket.on('error', () => stop.abort())
  socket.on('close', () => stop.abort())
  try {
    let carried: Promise<void> | undefined
    for await (const frame of framesToService(socket)) {
      if ('command' in frame) carried ??= carry(socket, frame.command, run, stop.signal)
      else stop.abort()
    }
    await carried
  } catch {
    socket.destroy()
  }
}

async function carry(socket: Socket, command: CarriedCommand, run: RunCommand, signal: AbortSignal): Promise<void> {
  const send = (frame: FrameToCaller) => !socket.writable || socket.write(frameText(frame))
  const { argv, cwd, terminal, version } = command
  const own = packageVersion()
  if (version !== own) {
    send({
      stderr: `The service runs version ${own} of Incumbent, and this is version ${version}: start the service again.\n`,
    })
    send({ exit: 2 })
  } else {
    const stdout = output(socket, terminal.stdout, (text) => send({ stdout: text }))
    const stderr = output(socket, terminal.stderr, (text) => send({ stderr: text }))
    const caller: Caller = { cwd, stdout, stderr, signal }
    const exit = await onBehalfOf(caller, () => run(argv))
    await Promise.all([stdout, stderr].map(sent))
    send({ exit })
  }
  socket.end()
}

/** Takes no more than the caller reads: a large output would else fill the memory of the service. */
function output(socket: Socket, columns: number | null, send: (text: string) => boolean): Output {
  const stream: Output = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      const text = String(chunk)
      if (text === '' || send(text)) done()
      else onceDrained(socket, done)
    },
  })
  return columns === null ? stream : Object.assign(stream, { isTTY: true, columns })
}

function onceDrained(socket: Socket, done: () => void): void {
  const go = () => {
    socket.off('drain', go).off('close', go)
    done()
  }
  socket.once('drain', go).once('close', go)
}

/** What was written before has been sent, or nobody is there any more. */
function sent(stream: Output): Promise<void> {
  return new Promise((done) => stream.write('', () => done()))
}
