import type { WebClient } from '@slack/web-api'

/** Messages are posted by the name of a channel, and looked for by its id. */
export interface ChannelIds {
  learn(channel: string, id: string): void
  /** Undefined: there is no such channel, as far as the app can see. */
  idOf(client: WebClient, channel: string): Promise<string | undefined>
}

const pageSize = 1_000

export function createChannelIds(): ChannelIds {
  const known = new Map<string, string>()
  return {
    learn: (channel, id) => void known.set(channel, id),
    async idOf(client, channel) {
      if (/^[CGD][A-Z0-9]{6,}$/.test(channel)) return channel
      const id = known.get(channel) ?? (await idNamed(client, channel.replace(/^#/, '')))
      if (id !== undefined) known.set(channel, id)
      return id
    },
  }
}

async function idNamed(client: WebClient, name: string): Promise<string | undefined> {
  let cursor: string | undefined
  do {
    const page = await client.conversations.list({
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
    })
    const found = page.channels?.find((channel) => channel.name === name)
    if (found?.id !== undefined) return found.id
    cursor = page.response_metadata?.next_cursor || undefined
  } while (cursor !== undefined)
  return undefined
}
