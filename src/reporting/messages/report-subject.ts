import type { CycleReport } from '../cycle-report.ts'
import { type TierNews, tiersByNews, tierWords } from '../verdict-sentence.ts'
import { cutAt } from './cut-at.ts'

const mostNews = 2
const mostLetters = 160

/** The news of a cycle for the subject of an e-mail: `Tier 1: switch to gemini-2.0-flash-lite-001 (tiers 2, 3 keep)`. */
export function reportSubject(report: CycleReport): string {
  const all = tiersByNews(report)
  const news = all.filter(({ outcome }) => outcome !== 'kept')
  const kept = all.find(({ outcome }) => outcome === 'kept')
  if (all.length === 0) return 'Nothing was evaluated'
  if (news.length === 0)
    return kept !== undefined && kept.evaluations.length > 1 ? 'All tiers keep their model' : keptWords(kept)
  const more = news.length - mostNews
  const told = news.slice(0, mostNews).map(newsWords).join('; ').replaceAll('; Tier', '; tier')
  const others = more > 0 ? `, and ${more} more` : ''
  return cutAt(mostLetters, `${told}${others}${kept === undefined ? '' : ` (${alsoKept(kept)})`}`)
}

function keptWords(kept: TierNews | undefined): string {
  return `${tierWords(kept?.evaluations ?? [])} keeps its model`
}

function alsoKept({ evaluations }: TierNews): string {
  return `${tierWords(evaluations).toLowerCase().replace(' and ', ', ')} ${evaluations.length === 1 ? 'keeps' : 'keep'}`
}

function newsWords({ outcome, evaluations }: TierNews): string {
  const tiers = tierWords(evaluations)
  const [first] = evaluations
  const target = first?.recommendation.target
  switch (outcome) {
    case 'rolled-back':
      return `Rolled back: ${tiers.toLowerCase()} is on ${first?.assignment.model} again`
    case 'worse':
      return `${tiers}: ${first?.incumbent} has become worse`
    case 'moved':
      return `${tiers}: moved to ${first?.assignment.model}`
    case 'moving':
      return `${tiers}: switch to ${target}`
    case 'waiting':
      return `${tiers}: ${target} waits for your word`
    case 'better':
      return `${tiers}: ${target} could take the seat`
    case 'undecided':
      return `${tiers}: not decided`
    case 'vacant':
      return `${tiers}: no model yet`
    case 'kept':
      return `${tiers}: kept`
  }
}
