import type { WebClient } from '@slack/web-api'
import type { SlackTask } from './slack-sender.ts'

/** Where a message stands in Slack. */
export interface SlackPlace {
  channel: string
  ts: string
}

/** The metadata by which a message of ours is known again. */
export const eventType = 'incumbent_message'

/** The clocks of two machines. */
const leewaySeconds = 3_600
const pageSize = 200

export function referenceOf({ channel, ts }: SlackPlace): string {
  return `${channel}/${ts}`
}

export function placeOf(reference: string): SlackPlace {
  const [channel = '', ts = ''] = reference.split('/')
  return { channel, ts }
}

/** Where an earlier try has put the message; undefined: it did not arrive. */
export async function earlierPlace({ client, letter, channelIds }: SlackTask): Promise<SlackPlace | undefined> {
  const thread = letter.answers === undefined ? undefined : placeOf(letter.answers)
  const channel = thread?.channel ?? (await channelIds.idOf(client, letter.recipient))
  if (channel === undefined) return undefined
  const oldest = String(Math.floor(letter.createdAt.getTime() / 1000) - leewaySeconds)
  const ts = await tsOf(client, { channel, oldest, thread: thread?.ts, key: letter.key })
  return ts === undefined ? undefined : { channel, ts }
}

/** Whether the thread of a message has an answer with this key. */
export async function isInThread(client: WebClient, { channel, ts }: SlackPlace, key: string): Promise<boolean> {
  return (await tsOf(client, { channel, oldest: '0', thread: ts, key })) !== undefined
}

interface Search {
  channel: string
  oldest: string
  thread: string | undefined
  key: string
}

async function tsOf(client: WebClient, { channel, oldest, thread, key }: Search): Promise<string | undefined> {
  let cursor: string | undefined
  do {
    const where = {
      channel,
      oldest,
      include_all_metadata: true,
      limit: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
    }
    const page =
      thread === undefined
        ? await client.conversations.history(where)
        : await client.conversations.replies({ ...where, ts: thread })
    const found = page.messages?.find(({ metadata }) => isOurs(metadata, key))
    if (found?.ts !== undefined) return found.ts
    cursor = page.response_metadata?.next_cursor || undefined
  } while (cursor !== undefined)
  return undefined
}

function isOurs(metadata: { event_type?: string; event_payload?: object } | undefined, key: string): boolean {
  if (metadata?.event_type !== eventType) return false
  const payload = metadata.event_payload ?? {}
  return 'key' in payload && payload.key === key
}
