import { counted } from '../shared/counted.ts'
import type { Tried } from '../workflows/delivery/deliver-due.ts'
import type { SentWaiting } from '../workflows/delivery/send-waiting.ts'
import { hostWorkspace } from '../workflows/hosting.ts'
import type { Workspace } from '../workflows/workspace.ts'
import { channelNames } from './channel-names.ts'
import { printNote } from './print.ts'

/** A person waits for the command, not for the messages. */
const limitMs = 5_000

/**
 * Carries work that may raise alerts, and then sends them, also where it failed; within the service that does it by itself.
 * What comes of it is said on stderr and is no part of whether the work is done.
 * @param signal aborted when the person wants it to stop: then nothing is sent, and what waits is said
 */
export async function thenTell<T>(
  workspace: Workspace,
  work: () => Promise<T>,
  signal: AbortSignal = new AbortController().signal,
): Promise<T> {
  try {
    return await work()
  } finally {
    await tell(workspace, signal)
  }
}

async function tell(workspace: Workspace, signal: AbortSignal): Promise<void> {
  const { reports } = workspace.config
  if (hostWorkspace() !== undefined || (reports.slack === undefined && reports.email === undefined)) return
  try {
    const { sendWaiting } = await import('../workflows/delivery/send-waiting.ts')
    for (const line of waitingLines(await sendWaiting(workspace, signal, { limitMs }))) printNote(line)
  } catch (error) {
    printNote(`Whether messages wait to be sent is not known: ${(error as Error).message}`)
  }
}

/** What was sent, what was given up and why, and what waits with the command that sends it; a line each. */
export function waitingLines({ tried, waiting }: SentWaiting): string[] {
  const sent = tried.filter(({ result }) => result === 'sent')
  const failed = tried.filter(({ result }) => result === 'failed')
  return [
    ...(sent.length === 0 ? [] : [`Sent ${counted(sent.length, 'message')} (${channelsOf(sent)}).`]),
    ...failed.map(({ channel, reason = 'it was refused' }) => `Not sent (${channelNames[channel]}): ${reason}`),
    ...(waiting.length === 0 ? [] : [waitsLine(waiting)]),
  ]
}

function waitsLine(waiting: SentWaiting['waiting']): string {
  const problem = waiting.find(({ lastError }) => lastError !== undefined)?.lastError
  const why = problem === undefined ? '' : `: ${problem.replace(/\.$/, '')}`
  const what = `${counted(waiting.length, 'message')} ${waiting.length === 1 ? 'waits' : 'wait'} to be sent`
  return `${what} (${channelsOf(waiting)})${why}. A running service sends what waits, or: npx incumbent notify send`
}

function channelsOf(messages: readonly Pick<Tried, 'channel'>[]): string {
  return [...new Set(messages.map(({ channel }) => channelNames[channel]))].sort().join(', ')
}
