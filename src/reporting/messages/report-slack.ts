import type { CycleReport } from '../cycle-report.ts'
import type { MessageContext, SlackMessage } from './message.ts'
import { messageChart } from './message-chart.ts'
import { simulatedNote } from './report-footer.ts'
import { reportThread } from './report-thread.ts'
import { type ReportWords, reportWords } from './report-words.ts'
import {
  type Block,
  bold,
  context as contextBlock,
  header,
  image,
  links,
  mrkdwn,
  section,
  withCode,
} from './slack-blocks.ts'
import type { TierWords } from './tier-words.ts'

/** A section has room for them, and the picture for their rows. */
const mostTiers = 8
const picture = 'differences.png'

/** One message of at most 12 blocks, with the details of each tier in its thread. */
export async function reportSlack(report: CycleReport, context: MessageContext): Promise<SlackMessage> {
  const words = reportWords(report, context, mostTiers)
  const chart = await messageChart(
    report,
    words.tiers.map(({ tier }) => tier),
    'slack',
  )
  const [headline = '', ...others] = words.headlines
  const news = `${words.isSimulated ? '[simulated] ' : ''}${headline.replace(/\.$/, '')}`
  const blocks: Block[] = [
    header(news),
    section(withCode([...others, words.lede].join(' '))),
    ...(words.todo.length === 0 ? [] : [section(listed('Waiting for you', words.todo))]),
    ...(words.tiers.length === 0 ? [] : [section(tierLines(words))]),
    ...(chart === undefined ? [] : [image(picture, chart.alt)]),
    ...notes(words),
    ...links(words.links),
    ...contextBlocks(words),
  ]
  return {
    text: mrkdwn(`${words.isSimulated ? '[simulated] ' : ''}${words.headlines.join(' ')}`),
    blocks,
    images: chart === undefined ? [] : [{ name: picture, png: chart.png, alt: chart.alt }],
    thread: reportThread(report),
  }
}

function contextBlocks({ basis, stop, isSimulated }: ReportWords): Block[] {
  const parts = [basis, stop, isSimulated ? simulatedNote : ''].filter((part) => part !== '')
  return parts.length === 0 ? [] : [contextBlock(withCode(parts.join(' · ')))]
}

/** Slack has no table: a line a tier, and what it means below. */
function tierLines({ tiers, moreTiers }: ReportWords): string {
  return [...tiers.map(tierLine), ...(moreTiers === undefined ? [] : [withCode(moreTiers)])].join('\n')
}

const glyphs: Record<string, string> = { Switch: '→', Keep: '■', 'Gather more': '|•|' }

function tierLine(words: TierWords): string {
  const { tier, name, verdict, sure, challenger, difference, interval, details, notTested, incumbent } = words
  const head = `${glyphs[verdict] ?? ''} ${bold(`Tier ${tier} ${name}  ${verdict}`)}${sure === undefined ? '' : `  ${mrkdwn(sure)}`}`
  const gain = [challenger, difference, interval]
    .filter((part) => part !== undefined)
    .map(mrkdwn)
    .join(' ')
  const simulated = words.isSimulated ? ' (simulated)' : ''
  const lines = [
    `Incumbent ${mrkdwn(incumbent)}${simulated}${gain === '' ? '' : `; ${gain}`}`,
    details.map(mrkdwn).join(' · '),
    ...(notTested === undefined ? [] : [`Not tested: ${mrkdwn(notTested)}`]),
  ]
  return [head, ...lines.filter((line) => line !== '').map((line) => `> ${line}`)].join('\n')
}

function notes({ cost, look, next }: ReportWords): Block[] {
  const parts = [
    ...(cost === '' ? [] : [`${bold('Cost')}  ${mrkdwn(cost)}`]),
    ...(look.length === 0 ? [] : [listed('Look at this', look)]),
    ...(next.length === 0 ? [] : [listed('Next', next)]),
  ]
  return parts.map((part) => section(part))
}

function listed(title: string, sentences: readonly string[]): string {
  const [only] = sentences
  if (only !== undefined && sentences.length === 1) return `${bold(title)}  ${withCode(only)}`
  return [bold(title), ...sentences.map((sentence) => `• ${withCode(sentence)}`)].join('\n')
}
