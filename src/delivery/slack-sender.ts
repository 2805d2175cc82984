import type { WebClient } from '@slack/web-api'
import type { Letter, Sender, SendResult } from './sender.ts'
import { type ChannelIds, createChannelIds } from './slack-channel-ids.ts'
import { slackClient } from './slack-client.ts'
import { slackFailure } from './slack-failure.ts'
import { earlierPlace, placeOf, referenceOf, type SlackPlace } from './slack-place.ts'
import { postMessage, postThread } from './slack-post.ts'

export interface SlackSettings {
  token: string
  /** Of a server that speaks Slack's protocol; undefined: Slack's own. */
  apiUrl: string | undefined
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>
}

/** One letter on its way to Slack. */
export interface SlackTask {
  client: WebClient
  letter: Letter
  channelIds: ChannelIds
  pause: (ms: number) => Promise<void>
}

const sendTimeoutMs = 100_000

/** Sends messages to Slack: the message with its pictures, then what goes into its thread. */
export function createSlackSender({ token, apiUrl, sleep }: SlackSettings): Sender {
  const channelIds = createChannelIds()
  return {
    async send(letter, signal) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(sendTimeoutMs)])
      const task = {
        client: slackClient(token, apiUrl, limit),
        letter,
        channelIds,
        pause: (ms: number) => sleep(ms, limit),
      }
      try {
        return await sendTo(task, token)
      } catch (error) {
        return slackFailure(error, letter.recipient, token)
      }
    },
  }
}

async function sendTo(task: SlackTask, token: string): Promise<SendResult> {
  const { letter, channelIds } = task
  const before = await earlier(task, token)
  const posted = before.place === undefined ? await postMessage(task) : { place: before.place, missing: undefined }
  channelIds.learn(letter.recipient, posted.place.channel)
  const reference = referenceOf(posted.place)
  const missing = [before.unasked, posted.missing]
  try {
    await postThread(task, posted.place, before.place !== undefined)
  } catch (error) {
    const failure = slackFailure(error, letter.recipient, token)
    if (failure.status === 'retry') return { ...failure, reference }
    missing.push(`The details in its thread: ${failure.reason}`)
  }
  const words = missing.filter((each) => each !== undefined).join(' ')
  return { status: 'sent', reference, missing: words === '' ? undefined : words, refused: [] }
}

/** A try before this one may have got through: Slack knows, by the key in the metadata of the message. */
async function earlier(
  task: SlackTask,
  token: string,
): Promise<{ place?: SlackPlace | undefined; unasked?: string | undefined }> {
  const { sentAs, mayHaveArrived, recipient } = task.letter
  if (sentAs !== undefined) return { place: placeOf(sentAs) }
  if (!mayHaveArrived) return {}
  try {
    return { place: await earlierPlace(task) }
  } catch (error) {
    const failure = slackFailure(error, recipient, token)
    if (failure.status === 'retry') throw error
    // Rather twice than never.
    return { unasked: `Slack could not be asked whether an earlier try had arrived. ${failure.reason}` }
  }
}
