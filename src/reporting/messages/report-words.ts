import { counted } from '../../shared/counted.ts'
import { longDate, timeOfDay } from '../../shared/format-date.ts'
import { baselineWarning } from '../baseline-warning.ts'
import { costSentences } from '../cost-sentences.ts'
import type { CycleReport, EvaluationReport } from '../cycle-report.ts'
import { isSimulated } from '../evaluation-charts.ts'
import { tiersByNews, tierWords, verdictSentences } from '../verdict-sentence.ts'
import { whatToDo } from '../what-changed.ts'
import { dashboardLinks } from './dashboard-links.ts'
import type { MessageContext } from './message.ts'
import { basisWords } from './report-basis.ts'
import { ledeOf } from './report-lede.ts'
import { reportSubject } from './report-subject.ts'
import type { Link } from './slack-blocks.ts'
import { type TierWords, wordsOfTier } from './tier-words.ts'

/** Everything that a message says of a cycle; each channel only gives it a form. */
export interface ReportWords {
  subject: string
  /** The news first, one sentence each. */
  headlines: string[]
  /** What an inbox shows beside the subject. */
  preheader: string
  date: string
  /** Why, and whether there is anything to do. */
  lede: string
  /** What a person may do now, with the command. */
  todo: string[]
  tiers: TierWords[]
  /** Of those that are not shown; undefined: all are. */
  moreTiers: string | undefined
  cost: string
  /** What was not as planned. */
  look: string[]
  /** What happens by itself. */
  next: string[]
  /** Measured on what, and how much was asked; empty without a tier. */
  basis: string
  /** How to stop automatic changes, on the tier with the greatest news; empty without a tier. */
  stop: string
  links: Link[]
  isSimulated: boolean
}

const mostNews = 3
const mostSteps = 6
const mostNotes = 8

/** @param mostTiers of a channel; those with news come first */
export function reportWords(report: CycleReport, context: MessageContext, mostTiers: number): ReportWords {
  const told = tiersByNews(report).flatMap(({ evaluations }) => evaluations)
  const shown = told.slice(0, mostTiers).toSorted((a, b) => a.tier - b.tier)
  const tiers = shown.map(wordsOfTier)
  const isOfSimulated = report.evaluations.some((each) => each.runs.some(({ model }) => isSimulated(model, each)))
  const todo = whatToDo(report)
  return {
    subject: `${isOfSimulated ? '[simulated] ' : ''}${reportSubject(report)}`,
    headlines: verdictSentences(report, mostNews),
    preheader: preheaderOf(told[0]),
    date: dateWords(report, context.timeZone),
    lede: ledeOf(report, told, todo.length),
    todo: fewest(todo, mostSteps, 'more: see the report'),
    tiers,
    moreTiers: moreTiers(told.slice(mostTiers), context),
    cost: costSentences(report.costs).join(' '),
    look: fewest(notesOf(report), mostNotes, 'more: see the report'),
    next: fewest([...new Set(report.evaluations.flatMap(({ followed }) => followed))], mostNotes, 'more'),
    basis: basisWords(report),
    stop: stopWords(told[0]),
    links: linksOf(told[0], context),
    isSimulated: isOfSimulated,
  }
}

function stopWords(first: EvaluationReport | undefined): string {
  if (first === undefined) return ''
  const { tier } = first
  return `To stop automatic changes: npx incumbent pin ${tier}. To bring the model before back: npx incumbent rollback ${tier}.`
}

/** Nobody reads a list without end; what is left out is counted. */
function fewest(all: readonly string[], most: number, more: string): string[] {
  return all.length <= most ? [...all] : [...all.slice(0, most - 1), `${all.length - most + 1} ${more}.`]
}

function dateWords({ finishedAt }: CycleReport, timeZone: string): string {
  const at = new Date(finishedAt)
  return `${longDate(at, timeZone)}, ${timeOfDay(at, timeZone)}`
}

function preheaderOf(first: EvaluationReport | undefined): string {
  if (first === undefined) return 'No tier was evaluated.'
  const { difference, interval, sure, details } = wordsOfTier(first)
  if (difference === undefined) return details.join(' ')
  return [`${difference} points ${interval ?? ''}`.trim(), sure ?? '', ...first.followed]
    .filter((part) => part !== '')
    .join(', ')
}

function moreTiers(left: readonly EvaluationReport[], context: MessageContext): string | undefined {
  if (left.length === 0) return undefined
  const where = context.dashboardUrl === undefined ? 'npx incumbent status shows them' : 'see the overview'
  return `And ${counted(left.length, 'more tier')}: ${where}. (${tierWords(left.toSorted((a, b) => a.tier - b.tier))})`
}

function notesOf({ notes, evaluations }: CycleReport): string[] {
  const ofTiers = evaluations.flatMap(({ incumbent, recommendation, runs, drift, tier }) => {
    const warning = baselineWarning([incumbent, recommendation.target], runs)
    const isSteady = drift === null || quietDrifts.includes(drift.status)
    return [...(isSteady ? [] : [drift.words]), ...(warning === undefined ? [] : [`Tier ${tier}: ${warning}`])]
  })
  return [...notes, ...ofTiers]
}

const quietDrifts = ['unwatched', 'steady', 'cleared']

function linksOf(first: EvaluationReport | undefined, context: MessageContext): Link[] {
  const evaluation = first === undefined ? [] : [{ label: 'Open the evaluation', path: `/evaluations/${first.id}` }]
  return dashboardLinks(context, [...evaluation, { label: 'Overview', path: '/' }])
}
