import type { CycleReport } from '../cycle-report.ts'
import type { Message, MessageContext } from './message.ts'
import { reportEmail } from './report-email.ts'
import { reportSlack } from './report-slack.ts'
import { reportWords } from './report-words.ts'

/** So many rows people read in a mail; the others are named below them. */
const mostTiersOfEmail = 12

/** A cycle, told to people. */
export async function reportMessage(report: CycleReport, context: MessageContext): Promise<Message> {
  const words = reportWords(report, context, mostTiersOfEmail)
  return {
    subject: words.subject,
    headline: words.headlines.join(' '),
    slack: await reportSlack(report, context),
    email: await reportEmail(report, words),
  }
}
