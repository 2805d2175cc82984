import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Output } from '../../shared/caller.ts'
import { packageVersion } from '../../shared/package-root.ts'
import { framesToCaller, frameText, socketPath } from './command-frames.ts'

export interface SendingCaller {
  cwd: string
  stdout: Output
  stderr: Output
  /** Called with what is to happen when the person wants to stop; returns how to stop listening. */
  onInterrupt: (interrupt: () => void) => () => void
}

/**
 * Has a command carried out by the service that has the embedded database in `home`; what it prints comes out here.
 * @returns its exit code; undefined where no service takes commands
 */
export async function sendCommand(
  home: string,
  argv: readonly string[],
  { cwd, stdout, stderr, onInterrupt }: SendingCaller,
): Promise<number | undefined> {
  const socket = await connected(socketPath(home))
  if (socket === undefined) return undefined
  const columns = ({ isTTY, columns: width }: Output) => (isTTY ? (width ?? null) : null)
  const terminal = { stdout: columns(stdout), stderr: columns(stderr) }
  socket.write(frameText({ command: { argv: [...argv], cwd, version: packageVersion(), terminal } }))
  const release = onInterrupt(() => socket.write(frameText({ cancel: true })))
  try {
    for await (const frame of framesToCaller(socket)) {
      if ('exit' in frame) return frame.exit
      if ('stderr' in frame) stderr.write(frame.stderr)
      else if (!stdout.write(frame.stdout)) await once(stdout, 'drain')
    }
    stderr.write('The service ended before the command did; what it had stored is kept.\n')
    return 1
  } finally {
    release()
    socket.destroy()
  }
}

/** A socket that nobody listens on was left behind by a service that was killed. */
function connected(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(undefined))
    // A service that is killed is told by the end of the frames.
    socket.on('error', () => undefined)
  })
}
