import type { WebClient } from '@slack/web-api'
import type { SlackImage } from '../reporting/messages/message.ts'
import { slackFailure } from './slack-failure.ts'

export interface UploadedImages {
  /** Names of pictures and the ids of their files. */
  files: Map<string, string>
  /** Why some are missing, in words. */
  failure: string | undefined
}

/** Uploads pictures for the blocks of a message. One that cannot be uploaded does not hold the message. */
export async function uploadImages(client: WebClient, images: readonly SlackImage[]): Promise<UploadedImages> {
  const files = new Map<string, string>()
  let failure: string | undefined
  for (const image of images) {
    try {
      files.set(image.name, await upload(client, image))
    } catch (error) {
      failure = `The picture ${image.name}: ${slackFailure(error, '', client.token ?? '').reason}`
    }
  }
  return { files, failure }
}

async function upload(client: WebClient, { name, png, alt }: SlackImage): Promise<string> {
  const filename = name.endsWith('.png') ? name : `${name}.png`
  const { files } = await client.filesUploadV2({ file: Buffer.from(png), filename, title: filename, alt_text: alt })
  const id = files[0]?.files?.[0]?.id
  if (id === undefined) throw new Error('Slack gave it no id')
  return id
}
