import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { CycleReport } from '../../../src/reporting/cycle-report.ts'
import { renderHtml } from '../../../src/reporting/render-html/render-html.ts'
import { renderMarkdown } from '../../../src/reporting/render-markdown.ts'
import { verdictSentence } from '../../../src/reporting/verdict-sentence.ts'
import { exampleReport } from '../example-report.ts'

const timeZone = 'Europe/Vienna'
const report = exampleReport()
const page = renderHtml(report, { timeZone })

/** What a reader sees, without tags. */
function textOf(markup: string): string {
  return markup
    .replace(/<style[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}

describe('the HTML report', () => {
  test('is one file that loads nothing, and tells the browser so', () => {
    expect(page).not.toMatch(/ (?:src|srcset|action)=|url\(|@import|<script|<link|<iframe|<img/)
    expect(Array.from(page.matchAll(/ href="([^"]*)"/g), ([, target]) => target)).toEqual([
      '#tier-1',
      '#tier-2',
      '#tier-3',
    ])
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? []
    const hash = createHash('sha256').update(style).digest('base64')
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;"`)
    expect(page).not.toMatch(/ style="/)
  })

  test('opens with the sentence that may be forwarded', () => {
    const sentence =
      'Tier 1 starts moving to gemini-2.0-flash-lite-001. Tier 3 was not decided. Tier 2 keeps its model.'
    expect(verdictSentence(report)).toBe(sentence)
    const [, heading = ''] = /<h1>([\s\S]*?)<\/h1>/.exec(page) ?? []
    expect(textOf(heading).replaceAll(' .', '.').trim()).toBe(sentence)
    expect(page.match(/<h1>/g)).toHaveLength(1)
  })

  test('tells every cell that the Markdown tells', () => {
    const seen = textOf(page)
    const cells = renderMarkdown(report)
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
      .flatMap((line) => line.split('|').map((cell) => cell.trim()))
    expect(cells.length).toBeGreaterThan(100)
    for (const cell of cells) expect(seen).toContain(cell.replace(/\s+/g, ' '))
  })

  test('says who was not tested and why, what failed, and what waits for people', () => {
    const seen = textOf(page)
    expect(seen).toContain('no answer from Ollama')
    expect(seen).toContain('no answer in 60 s')
    expect(seen).toContain('Waiting for you')
    expect(seen).toContain('Start it: ollama serve')
    expect(page).toContain('<code>npx incumbent run --tier 3</code>')
  })

  test('has a chart in two widths with its finding and its numbers, and nothing for a tier without results', () => {
    const section = (tier: number) => page.split('<section')[tier] ?? ''
    expect(section(1).match(/class="chart wide"/g)).toHaveLength(4)
    expect(section(1).match(/class="chart phone"/g)).toHaveLength(4)
    expect(section(1)).toContain('is 4.6 to 9.6 points better than gemini-2.0-flash-001')
    expect(section(1)).toContain('The mark is what a switch needs: 99.2\u202f%.')
    expect(section(3)).not.toContain('class="chart')
    expect(section(3)).toContain('This run says nothing about the models')
    expect(section(3)).not.toContain('All figures')
  })

  test('names each model of every tier, however many there are', () => {
    const many = renderHtml(exampleReport(8), { timeZone })
    for (const { model } of exampleReport(8).evaluations[0]?.runs ?? []) expect(textOf(many)).toContain(model)
  })

  test('writes what models and providers say as text', () => {
    const [first, ...rest] = report.evaluations
    if (first === undefined) throw new Error('no evaluation')
    const nasty = '<img src=x onerror="alert(1)">'
    const evaluations = [{ ...first, failures: [{ ...first.failures[0], example: nasty }], tierName: nasty }, ...rest]
    const hostile = renderHtml({ ...report, evaluations } as CycleReport, { timeZone })
    expect(hostile).not.toContain('<img')
    expect(hostile).toContain('&lt;img src=x')
  })

  test('says of simulated models that they are, on the page, in the title and beside the name', () => {
    expect(page).not.toContain('simulated</span>')
    const simulated = JSON.parse(JSON.stringify(report).replaceAll('"gemini"', '"simulated"')) as CycleReport
    const violet = renderHtml(simulated, { timeZone })
    expect(violet).toContain('<title>[simulated] ')
    expect(violet).toContain('<div class="hatch">')
    expect(violet).toContain('<span class="simulated">simulated</span>')
    expect(violet.replace(/<style[\s\S]*?<\/style>/, '')).not.toContain('var(--challenger)')
  })

  test('is complete where nothing was evaluated', () => {
    const empty = renderHtml({ ...report, evaluations: [] }, { timeZone })
    expect(textOf(empty)).toContain('Nothing was evaluated.')
    expect(empty).toMatch(/<\/html>\n$/)
  })
})
