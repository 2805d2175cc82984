import type { SlackReply } from '../../../src/reporting/messages/message.ts'
import type { Block } from '../../../src/reporting/messages/slack-blocks.ts'

/** Characters, as Slack documents them for Block Kit and chat.postMessage. */
const most = { header: 150, section: 3000, context: 3000, alt: 2000, button: 75, url: 3000, actionId: 255, text: 4000 }
const mostBlocks = 50
const mostElements = { context: 10, actions: 25 }
/** Not documented: Slack answers msg_blocks_too_long from about 13,200 characters on. */
const mostLetters = 13_000

/** What Slack would refuse about a message, in words; empty: nothing. */
export function slackProblems({ text, blocks }: SlackReply): string[] {
  return [
    ...tooLong('text', text, most.text),
    ...strayMarkup(text),
    ...(blocks.length > mostBlocks ? [`${blocks.length} blocks`] : []),
    ...(JSON.stringify(blocks).length > mostLetters ? [`${JSON.stringify(blocks).length} characters of blocks`] : []),
    ...blocks.flatMap((block, index) =>
      problemsOf(block).map((problem) => `block ${index} (${block.type}): ${problem}`),
    ),
  ]
}

function problemsOf(block: Block): string[] {
  switch (block.type) {
    case 'header':
      return tooLong('text', block.text.text, most.header)
    case 'section':
      return [...tooLong('text', block.text.text, most.section), ...strayMarkup(block.text.text)]
    case 'image':
      return [...tooLong('alt_text', block.alt_text, most.alt), ...tooLong('id', block.slack_file.id, 255)]
    case 'context':
      return [
        ...(block.elements.length > mostElements.context ? [`${block.elements.length} elements`] : []),
        ...block.elements.flatMap(({ text }) => [...tooLong('text', text, most.context), ...strayMarkup(text)]),
      ]
    case 'actions':
      return [
        ...(block.elements.length > mostElements.actions ? [`${block.elements.length} elements`] : []),
        ...(new Set(block.elements.map((each) => each.action_id)).size < block.elements.length
          ? ['action_id twice']
          : []),
        ...block.elements.flatMap(({ text, url, action_id }) => [
          ...tooLong('button', text.text, most.button),
          ...tooLong('url', url, most.url),
          ...tooLong('action_id', action_id, most.actionId),
        ]),
      ]
  }
}

function tooLong(name: string, text: string, limit: number): string[] {
  if (text === '') return [`${name} is empty`]
  return text.length > limit ? [`${name} has ${text.length} characters of ${limit}`] : []
}

/** An angle bracket is a link or a mention, and an ampersand has to be an entity. */
function strayMarkup(text: string): string[] {
  return /<|&(?!amp;|lt;|gt;)/.test(text) ? ['markup that nobody meant'] : []
}
