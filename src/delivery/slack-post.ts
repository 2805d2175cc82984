import type { SlackReply } from '../reporting/messages/message.ts'
import { withUploaded } from '../reporting/messages/with-uploaded.ts'
import { slackWord } from './slack-failure.ts'
import { uploadImages } from './slack-images.ts'
import { eventType, isInThread, placeOf, type SlackPlace } from './slack-place.ts'
import type { SlackTask } from './slack-sender.ts'

interface Form {
  waitMs: number
  content: SlackReply
  /** What is not in it, in words. */
  missing: string | undefined
}

/** Slack looks at a picture for some seconds, and refuses blocks that show it before. */
const pausesMs = [0, 1_500, 4_000]

/** Posts a message with its pictures; where Slack refuses these, or the blocks, without them. */
export async function postMessage(task: SlackTask): Promise<{ place: SlackPlace; missing: string | undefined }> {
  const { letter, pause } = task
  const forms = await formsOf(task)
  for (const { waitMs, content, missing } of forms) {
    if (waitMs > 0) await pause(waitMs)
    const place = await unlessRefused(() => post(task, content, letter.key, letter.answers))
    if (place !== undefined) return { place, missing }
  }
  const place = await post(task, { text: letter.message.slack.text, blocks: [] }, letter.key, letter.answers)
  return { place, missing: 'All but its first line: Slack refuses the blocks.' }
}

/**
 * Posts what goes into the thread of a message.
 * @param mayBeThere whether an earlier try may have done it
 */
export async function postThread(task: SlackTask, place: SlackPlace, mayBeThere: boolean): Promise<void> {
  const { client, letter } = task
  const { thread } = letter.message.slack
  if (thread === undefined) return
  const key = `${letter.key} thread`
  if (mayBeThere && (await isInThread(client, place, key))) return
  await post(task, thread, key, `${place.channel}/${place.ts}`)
}

async function formsOf({ client, letter }: SlackTask): Promise<Form[]> {
  const { slack } = letter.message
  const { files, failure } = await uploadImages(client, slack.images)
  const shown = { text: slack.text, blocks: withUploaded(slack, files) }
  const withPictures = pausesMs.map((waitMs) => ({ waitMs, content: shown, missing: failure }))
  const plain = { text: slack.text, blocks: withUploaded(slack, new Map()) }
  const missing = files.size > 0 ? 'Its pictures: Slack refuses them.' : failure
  return [...(files.size > 0 ? withPictures : []), { waitMs: 0, content: plain, missing }]
}

/** Undefined: Slack does not take the blocks. */
async function unlessRefused(act: () => Promise<SlackPlace>): Promise<SlackPlace | undefined> {
  try {
    return await act()
  } catch (error) {
    if (/blocks/.test(slackWord(error) ?? '')) return undefined
    throw error
  }
}

async function post(
  { client, letter }: SlackTask,
  { text, blocks }: SlackReply,
  key: string,
  answers: string | undefined,
): Promise<SlackPlace> {
  const thread = answers === undefined ? undefined : placeOf(answers)
  // What is over or still open has to be seen by those, too, who do not follow the thread.
  const broadcast = letter.answers === undefined ? {} : { reply_broadcast: true as const }
  const within = thread === undefined ? {} : { thread_ts: thread.ts, ...broadcast }
  const { channel = '', ts = '' } = await client.chat.postMessage({
    channel: thread?.channel ?? letter.recipient,
    text,
    blocks,
    ...within,
    metadata: { event_type: eventType, event_payload: { key } },
    unfurl_links: false,
    unfurl_media: false,
  })
  return { channel, ts }
}
