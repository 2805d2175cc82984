import { EmbeddedInUse } from '../database/embedded-in-use.ts'
import { caller } from '../shared/caller.ts'
import { type Clock, systemClock } from '../shared/clock.ts'
import { onInterrupt } from './interruptible.ts'

/** From taking the database, which may have to be made first, until it takes commands. */
const longestStartMs = 15_000
const pauseMs = 100

/**
 * Carries a command here or, where the service has the embedded database, there. A service that has just begun to start is
 * waited for.
 * @param carry gives the exit code
 * @throws what `carry` throws, where it is no matter of the service
 */
export async function hereOrInService(
  argv: readonly string[],
  carry: () => Promise<number>,
  clock: Clock = systemClock,
): Promise<number> {
  for (;;) {
    try {
      return await carry()
    } catch (error) {
      if (!(error instanceof EmbeddedInUse)) throw error
      const code = await carriedByService(error.home, argv)
      if (code !== undefined) return code
      if (!isStarting(error, clock.now())) throw error
      await clock.sleep(pauseMs)
    }
  }
}

async function carriedByService(home: string, argv: readonly string[]): Promise<number | undefined> {
  const { sendCommand } = await import('../serving/socket/send-command.ts')
  const { cwd, stdout, stderr } = caller()
  return sendCommand(home, argv, { cwd, stdout, stderr, onInterrupt })
}

/** Other owners never take commands. */
function isStarting({ owner }: EmbeddedInUse, now: Date): boolean {
  if (owner === undefined || !owner.command.split(' ').includes('serve')) return false
  return now.getTime() - Date.parse(owner.since) < longestStartMs
}
