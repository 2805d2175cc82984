import type { SlackReply } from './message.ts'
import type { Block } from './slack-blocks.ts'

/**
 * The blocks as they are posted: each image block points to its uploaded file. A picture that could not be uploaded is left
 * out; its words stand in the message.
 * @param files names of pictures and the ids that Slack gave their files
 */
export function withUploaded({ blocks }: SlackReply, files: ReadonlyMap<string, string>): Block[] {
  return blocks.flatMap((block): Block[] => {
    if (block.type !== 'image') return [block]
    const id = files.get(block.slack_file.id)
    return id === undefined ? [] : [{ ...block, slack_file: { id } }]
  })
}
