import type { CycleReport } from '../cycle-report.ts'
import { costTable } from '../report-tables.ts'
import { reportFooter } from './report-footer.ts'
import type { ReportWords } from './report-words.ts'
import type { TierWords } from './tier-words.ts'

/** The plain part of an e-mail: the same sentences in the same order. */
export function reportText(report: CycleReport, words: ReportWords): string {
  const { headlines, date, lede, todo, tiers, moreTiers, cost, look, next, links } = words
  const parts = [
    `${words.isSimulated ? '[simulated] ' : ''}${headlines.join(' ')}`,
    lede,
    listed('Waiting for you', todo),
    ...tiers.map(tierText),
    moreTiers ?? '',
    cost === '' ? '' : `Cost. ${cost}`,
    costLines(report),
    listed('Look at this', look),
    listed('Next', next),
    links.map(({ label, url }) => `${label}: ${url}`).join('\n'),
    `${date}\n-- \n${reportFooter(words).join('\n')}`,
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function listed(title: string, sentences: readonly string[]): string {
  return sentences.length === 0 ? '' : [`${title}:`, ...sentences.map((sentence) => `- ${sentence}`)].join('\n')
}

function tierText({ tier, name, incumbent, verdict, sure, details, notTested, ...words }: TierWords): string {
  const { challenger, difference, interval } = words
  const gain = difference === undefined ? 'was not measured' : `${difference} ${interval ?? ''}`.trim()
  return [
    `Tier ${tier} ${name}: ${verdict}${sure === undefined ? '' : `, ${sure}`}`,
    `  incumbent ${incumbent}${words.isSimulated ? ' (simulated)' : ''}`,
    ...(challenger === undefined ? [] : [`  ${challenger} ${gain}`]),
    ...details.map((line) => `  ${line}`),
    ...(notTested === undefined ? [] : [`  Not tested: ${notTested}`]),
  ].join('\n')
}

function costLines({ costs }: CycleReport): string {
  const { titles, rows } = costTable(costs)
  return rows
    .slice(0, 12)
    .map(
      ([model, ...cells]) =>
        `  ${model}: ${cells.map((cell, index) => `${titles[index + 1]?.toLowerCase()} ${cell}`).join(', ')}`,
    )
    .join('\n')
}
