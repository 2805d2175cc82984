import { dashboardLinks } from './dashboard-links.ts'
import type { Message, MessageContext } from './message.ts'
import { noticeMessage } from './notice-message.ts'
import { image } from './slack-blocks.ts'

const picture = 'trial.png'

/** What `incumbent notify test` sends: words, and a picture, which Slack takes only with a right of its own. */
export async function trialMessage(now: Date, context: MessageContext): Promise<Message> {
  const message = noticeMessage(
    {
      headline: 'A trial message of Incumbent',
      at: now,
      tone: 'good',
      paragraphs: [
        'Reports and alerts will arrive here. If you see a picture in Slack, pictures arrive, too.',
        'Nothing to do.',
      ],
      facts: [],
      links: dashboardLinks(context, [{ label: 'Overview', path: '/' }]),
      footer: ['Somebody asked for it: npx incumbent notify test'],
      isSimulated: false,
    },
    context,
  )
  const drawn = await trialPicture()
  const [header, ...others] = message.slack.blocks
  const blocks = [...(header === undefined ? [] : [header]), image(picture, drawn.alt), ...others]
  return { ...message, slack: { ...message.slack, blocks, images: [{ name: picture, ...drawn }] } }
}

async function trialPicture(): Promise<{ png: Uint8Array; alt: string }> {
  const [{ stageTrack }, { toPng }] = await Promise.all([
    import('../charts/stage-track.ts'),
    import('../charts/to-png.ts'),
  ])
  const stages = [
    { name: 'Written', state: 'done', progress: 1 },
    { name: 'Sent', state: 'done', progress: 1 },
    { name: 'Arrived', state: 'done', progress: 1 },
  ] as const
  const chart = stageTrack({ challenger: 'This message', isSimulated: false, stages: [...stages] })
  return { png: await toPng(chart?.svg ?? '', { scale: 3 }), alt: chart?.finding ?? '' }
}
