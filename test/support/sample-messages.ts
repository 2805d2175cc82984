import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { CycleReport } from '../../src/reporting/cycle-report.ts'
import { alertMessage, type ToldAlert } from '../../src/reporting/messages/alert-message.ts'
import type { Message } from '../../src/reporting/messages/message.ts'
import { reportMessage } from '../../src/reporting/messages/report-message.ts'

/** What people get, from a week of the example weeks: every file is made from the two values that stand beside them. */
export const sampleFolder = resolve(import.meta.dirname, '../../reports/sample/messages')

const context = {
  timeZone: 'Europe/Vienna',
  dashboardUrl: 'https://models.example.com',
  isSimulated: () => true,
}

/** Names and contents of the files, but for `cycle.json` and `alert.json`, which they are made from. */
export async function sampleMessages(): Promise<Map<string, string | Uint8Array>> {
  const cycle = JSON.parse(readFileSync(join(sampleFolder, 'cycle.json'), 'utf8')) as CycleReport
  const alert = JSON.parse(readFileSync(join(sampleFolder, 'alert.json'), 'utf8')) as ToldAlert
  return new Map([
    ...filesOf('report', await reportMessage(cycle, context)),
    ...filesOf('alert', alertMessage({ ...alert, raisedAt: new Date(alert.raisedAt) }, context)),
  ])
}

function filesOf(name: string, { slack, email }: Message): [string, string | Uint8Array][] {
  const { images, ...posted } = slack
  const html = email.images.reduce((text, { cid }) => text.replace(`cid:${cid}`, `${name}-email.png`), email.html)
  return [
    [`${name}-email.html`, html],
    [`${name}-email.txt`, `Subject: ${email.subject}\n\n${email.text}`],
    ...email.images.map(({ png }): [string, Uint8Array] => [`${name}-email.png`, png]),
    [`${name}-slack.json`, `${JSON.stringify(posted, undefined, 2)}\n`],
    ...images.map(({ png }): [string, Uint8Array] => [`${name}-slack.png`, png]),
  ]
}
