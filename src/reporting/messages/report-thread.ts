import { score } from '../../shared/format-number.ts'
import type { CycleReport, EvaluationReport } from '../cycle-report.ts'
import { costTable } from '../report-tables.ts'
import { accuracyWords, costWords, roleWords } from '../run-words.ts'
import { verdictParagraphs } from '../verdict-paragraph.ts'
import { cutAt } from './cut-at.ts'
import type { SlackReply } from './message.ts'
import { type Block, bold, mrkdwn, section, withCode } from './slack-blocks.ts'

/** Slack refuses a message with more than about 13,000 characters, though it states no such limit. */
const mostLetters = 9000
const mostOfTier = 2200

/** The evidence of each tier, with the costs of each model; undefined where there is none. */
export function reportThread(report: CycleReport): SlackReply | undefined {
  const tiers = report.evaluations.map((evaluation) => section(tierText(evaluation)))
  const costs = costText(report)
  const fitting = withinLimit([...(costs === '' ? [] : [section(costs)]), ...tiers])
  if (fitting.length === 0) return undefined
  const left = report.evaluations.length + (costs === '' ? 0 : 1) - fitting.length
  const more = left === 0 ? [] : [section(`The reports of ${left} more tiers are in the files of the report.`)]
  return { text: 'The evidence, tier by tier', blocks: [...fitting, ...more] }
}

function withinLimit(blocks: readonly Block[]): Block[] {
  let letters = 0
  return blocks.filter((block) => {
    letters += JSON.stringify(block).length
    return letters <= mostLetters
  })
}

function tierText(evaluation: EvaluationReport): string {
  const { tier, tierName, runs, warnings } = evaluation
  const { verdict } = verdictParagraphs(evaluation)
  const parts = [
    bold(`Tier ${tier} ${tierName}`),
    withCode(cutAt(600, verdict)),
    ...runs.slice(0, 8).map((run) => {
      const figures = [`accuracy ${accuracyWords(run)}`, `total ${score(run.scores.total)}`, costWords(run)]
      return `• ${bold(run.model)} ${mrkdwn(`(${roleWords(run)}): ${figures.filter((each) => each !== '').join(', ')}`)}`
    }),
    ...(runs.length > 8 ? [`• and ${runs.length - 8} more models`] : []),
    ...warnings.slice(0, 4).map((warning) => withCode(cutAt(300, warning))),
  ]
  return cutLines(parts, mostOfTier)
}

function cutLines(lines: readonly string[], most: number): string {
  let letters = 0
  return lines
    .filter((line) => {
      letters += line.length + 1
      return letters <= most
    })
    .join('\n')
}

const mostModels = 8

function costText({ costs }: CycleReport): string {
  const { rows } = costTable(costs)
  if (rows.length === 0) return ''
  const lines = rows.slice(0, mostModels).map(([model = '', test, live, shadow, , month]) => {
    return `• ${bold(model)} ${mrkdwn(`this week ${test} tests, ${live} live, ${shadow} shadow; month ${month}`)}`
  })
  const more = rows.length - lines.length
  return [bold('Costs'), ...lines, ...(more > 0 ? [`• and ${more} more models`] : [])].join('\n')
}
