import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CycleReport, EvaluationReport } from '../../../src/reporting/cycle-report.ts'
import type { Message } from '../../../src/reporting/messages/message.ts'
import { reportMessage } from '../../../src/reporting/messages/report-message.ts'
import { reportWords } from '../../../src/reporting/messages/report-words.ts'
import { mrkdwn } from '../../../src/reporting/messages/slack-blocks.ts'
import { withUploaded } from '../../../src/reporting/messages/with-uploaded.ts'
import { exampleEvaluationReport, exampleReport } from '../example-report.ts'
import { exampleCycle } from './example-cycle.ts'
import { slackProblems } from './slack-limits.ts'

const context = { timeZone: 'Europe/Vienna', dashboardUrl: 'https://models.example.com/' }
const message = await reportMessage(exampleReport(), context)

const tierOf = (tier: number, overrides: Partial<EvaluationReport> = {}, tierName = 'core') =>
  exampleEvaluationReport({ tier, tierName, challengers: 2, overrides })
const cycleOf = (...evaluations: EvaluationReport[]): CycleReport => ({ ...exampleReport(), evaluations })

/** What a reader sees, without tags. */
function seen(markup: string): string {
  const text = markup.replace(/<(style|title)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ')
  return plain(text)
}

function plain(text: string): string {
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&#39;': "'", '&quot;': '"', '&nbsp;': ' ' }
  return text
    .replace(/&(?:lt|gt|#39|quot|nbsp);/g, (entity) => entities[entity] ?? '')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}

function slackText({ slack }: Message): string {
  return JSON.stringify([slack.text, slack.blocks, slack.thread?.blocks ?? []])
}

/** Unwanted things that an outside party may have put into names and errors. */
const nasty = '<!channel> & <https://evil.example|click> <img src=x onerror=alert(1)> *bold* `code`'
const longName = `${'qwen3-235b-a22b-instruct-2507-fp8-'.repeat(6)}end`

const cycles: Record<string, CycleReport> = {
  'three tiers': exampleReport(),
  'simulated models': exampleCycle(),
  'nothing evaluated': cycleOf(),
  'a vacant seat': cycleOf(tierOf(1, { incumbent: null })),
  'all calls failed': cycleOf(
    tierOf(1, {
      recommendation: { ...tierOf(1).recommendation, decision: 'invalid_run', comparisons: [], target: null },
      runs: tierOf(1).runs.map((run) => ({
        ...run,
        scored: 0,
        failed: { timeout: 300 },
        accuracy: null,
        accuracyCi95: null,
      })),
    }),
  ),
  'fifty tiers': cycleOf(...Array.from({ length: 50 }, (_, index) => tierOf(index + 1))),
  'fifty tiers that keep their model': cycleOf(
    ...Array.from({ length: 50 }, (_, index) => tierOf(index + 1, { rolloutPolicy: 'recommend-only', refusal: 'x' })),
  ),
  'long names': JSON.parse(JSON.stringify(exampleReport(8)).replaceAll('gemini-2.0-flash-lite-001', longName)),
  'hostile words': cycleOf(
    tierOf(1, {
      assignment: { model: nasty, changed: true },
      tierName: nasty,
      incumbent: nasty,
      reasoning: nasty.repeat(40),
      followed: [nasty],
      warnings: [nasty],
      skipped: [{ model: nasty, reason: nasty.repeat(10), remedy: nasty }],
    }),
  ),
  'much to tell': {
    ...cycleOf(
      tierOf(1, { reasoning: 'word '.repeat(5000), warnings: Array.from({ length: 40 }, () => 'w '.repeat(400)) }),
    ),
    notes: Array.from({ length: 30 }, (_, index) => `note ${index} ${'n '.repeat(150)}`),
  },
}

describe.each(Object.entries(cycles))('a cycle with %s', async (_, report) => {
  const told = await reportMessage(report, context)

  test('keeps to what Slack takes, in at most 12 blocks, and its details in a thread', () => {
    expect(slackProblems(told.slack)).toEqual([])
    expect(told.slack.thread === undefined ? [] : slackProblems(told.slack.thread)).toEqual([])
    expect(told.slack.blocks.length).toBeLessThanOrEqual(12)
  })

  test('is an e-mail below 80 KB that loads nothing and says in words what its picture shows', () => {
    const { html, images, subject } = told.email
    expect(Buffer.byteLength(html)).toBeLessThan(80_000)
    expect(html).not.toMatch(/<script|<link|<iframe|url\(|@import|src="(?!cid:)/)
    expect(html.match(/<img /g)?.length ?? 0).toBe(images.length)
    for (const { cid } of images) expect(html).toContain(`src="cid:${cid}"`)
    for (const { alt } of images) expect(seen(html.replace(/alt="([^"]*)"/g, '>$1<'))).toContain(plain(alt))
    expect(subject.length).toBeGreaterThan(5)
    expect(subject.length).toBeLessThan(200)
  })

  test('says the same sentences in every part of the e-mail', () => {
    const { headlines, lede, todo, tiers, cost, look, next, basis } = reportWords(report, context, 12)
    const ofTiers = tiers.flatMap(({ details, notTested = '', incumbent }) => [...details, notTested, incumbent])
    const packed = (text: string) => plain(text).replaceAll(' ', '').replaceAll('`', '')
    const [html, text] = [packed(seen(told.email.html)), packed(told.email.text)]
    for (const words of [...headlines, lede, ...todo, ...ofTiers, cost, ...look, ...next, basis]) {
      expect(html).toContain(packed(words))
      expect(text).toContain(packed(words))
    }
  })
})

describe('the message of a cycle', () => {
  test('has a subject that tells the news', async () => {
    const subjectOf = async (...evaluations: EvaluationReport[]) =>
      (await reportMessage(cycleOf(...evaluations), context)).subject
    const kept = { refusal: 'x' }
    const back = { status: 'rollback', words: 'It has become worse.' } as const
    expect(await subjectOf(tierOf(1), tierOf(2, kept), tierOf(3, kept))).toBe(
      'Tier 1: switch to gemini-2.0-flash-lite-001 (tiers 2, 3 keep)',
    )
    expect(await subjectOf(tierOf(1, kept), tierOf(2, kept))).toBe('All tiers keep their model')
    expect(await subjectOf(tierOf(1, { assignment: { model: 'a', changed: true }, drift: back }))).toBe(
      'Rolled back: tier 1 is on a again',
    )
    expect(await subjectOf(tierOf(1, { drift: back }))).toBe('Tier 1: gemini-2.0-flash-001 has become worse')
    expect(await subjectOf()).toBe('Nothing was evaluated')
  })

  test('opens with the news, and the fallback text of Slack is the headline', () => {
    const [first] = message.slack.blocks
    expect(first).toMatchObject({ type: 'header', text: { text: 'Tier 1 starts moving to gemini-2.0-flash-lite-001' } })
    expect(message.slack.text).toBe(message.headline)
    expect(seen(message.email.html)).toContain(`${message.headline.slice(0, 20)}`)
  })

  test('says per tier who holds it, the verdict, how sure it is, the difference with its interval, and what was not tested', () => {
    for (const text of [seen(message.email.html), message.email.text, slackText(message)]) {
      for (const words of [
        'gemini-2.0-flash-001',
        '99.9',
        '+7.1',
        '(+4.6 to +9.6)',
        's, was 1.38',
        'Not tested: qwen3:8b',
      ])
        expect(text).toContain(words)
    }
  })

  test('says what the cycle cost, where the month is heading and what each model costs', () => {
    for (const text of [seen(message.email.html), message.email.text, slackText(message)]) {
      expect(text).toContain('This cycle cost $1.12')
      expect(text).toContain('November is heading for $43 ($41 to $45) of $60.')
      expect(text).toContain('$9.40')
    }
  })

  test('says what was not as planned, and that a model is not above the baseline', async () => {
    const runs = tierOf(1).runs.map((run) => (run.role === 'baseline' ? { ...run, accuracy: 95 } : run))
    const told = await reportMessage(
      { ...cycleOf(tierOf(1, { runs })), notes: ['Tier 2 was caught up at 09:00.'] },
      context,
    )
    for (const text of [seen(told.email.html), told.email.text, slackText(told)]) {
      expect(text).toContain('Tier 2 was caught up at 09:00.')
      expect(text).toContain('not more accurate than the baseline rules-thorough (95.0)')
    }
  })

  test('names the commands that decide, and links only to a dashboard that can be reached', async () => {
    const evaluations = [tierOf(1, { rolloutPolicy: 'approve' })]
    const here = await reportMessage(cycleOf(...evaluations), { ...context, dashboardUrl: undefined })
    for (const text of [seen(here.email.html), here.email.text, slackText(here)]) {
      expect(text).toContain('npx incumbent approve 1')
      expect(text).toContain('npx incumbent rollback 1')
      expect(text).not.toContain('https://')
    }
    expect(slackText(message)).toContain('https://models.example.com/evaluations/00000000-0000-4000-8000-000000000001')
  })

  test('counts the tiers that it does not show', async () => {
    const told = await reportMessage(cycles['fifty tiers'] ?? exampleReport(), context)
    expect(told.email.text).toContain('And 38 more tiers: see the overview.')
    expect(slackText(told)).toContain('And 42 more tiers: see the overview.')
  })

  test('takes what models and providers say as text, never as markup or as a mention', async () => {
    const told = await reportMessage(cycles['hostile words'] ?? exampleReport(), context)
    expect(told.email.html).not.toContain('<img src=x')
    // Slack reads no markup in a header, which is plain text.
    const [, ...blocks] = told.slack.blocks
    expect(slackText({ ...told, slack: { ...told.slack, blocks } })).not.toMatch(/<!|<https?:/)
    fc.assert(fc.property(fc.string(), (text) => !/<|>|&(?!amp;|lt;|gt;)/.test(mrkdwn(text))))
  })

  test('says of simulated models that they are', async () => {
    const told = await reportMessage(exampleCycle(), context)
    expect(told.subject).toBe('[simulated] Tier 1: switch to swift (tiers 2, 3 keep)')
    for (const text of [seen(told.email.html), told.email.text, slackText(told)])
      expect(text).toContain('Simulated models draw their answers')
    expect(message.email.html).not.toContain('imulated')
  })

  test('carries a picture of 1600 × 900 for Slack and a sharp one for e-mail', () => {
    const sizeOf = (png: Uint8Array | undefined) => {
      const buffer = Buffer.from(png ?? new Uint8Array(24))
      return [buffer.readUInt32BE(16), buffer.readUInt32BE(20)]
    }
    expect(sizeOf(message.slack.images[0]?.png)).toEqual([1600, 900])
    expect(sizeOf(message.email.images[0]?.png)[0]).toBe(1072)
  })

  test('shows a picture in Slack once it is uploaded, and is whole without it', () => {
    const types = (files: Map<string, string>) => withUploaded(message.slack, files).map(({ type }) => type)
    expect(types(new Map([['differences.png', 'F123']]))).toContain('image')
    expect(JSON.stringify(withUploaded(message.slack, new Map([['differences.png', 'F123']])))).toContain('F123')
    expect(types(new Map())).not.toContain('image')
  })
})
