import { defaultSettings } from '../../src/analysis/decision-settings.ts'
import type { EvaluationRecord } from '../../src/analysis/evaluation-records.ts'
import { challengerLock, type LookVerdict } from '../../src/recommendation/challenger-lock.ts'
import { racingVerdict } from '../../src/recommendation/race.ts'
import { recommend } from '../../src/recommendation/recommend.ts'
import type { DrawnWeeks, Week } from './drawn-weeks.ts'
import { itemNames, references, repeats } from './simulated-model.ts'

export interface Game {
  drawn: DrawnWeeks
  incumbent: string
  challengers: readonly string[]
  weeks: number
  racing: boolean
  /** Whether it ends with the first switch. */
  endsWithSwitch: boolean
}

export interface Played {
  switches: { week: number; to: string }[]
  /** Calls made to challengers. */
  asked: number
}

/** The bootstrap only describes: no decision changes without it. */
const config = { bootstrap: 0 }

const historyWeeks = 8

/**
 * Weeks of a tier as the service lives them: locked challengers are not compared, racing drops, the records of the epoch
 * are pooled, looks are counted per pair whoever holds the seat, and a seat that changed hands rests. It ends early when
 * every challenger is locked: then nothing can change any more.
 */
export function playWeeks(game: Game): Played {
  const tier: Tier = { seat: game.incumbent, weeksSinceSwitch: null, history: [], looks: new Map() }
  const played: Played = { switches: [], asked: 0 }
  for (let number = 1; number <= game.weeks; number += 1) {
    const open = [game.incumbent, ...game.challengers].filter((model) => model !== tier.seat && isOpen(tier, model))
    if (open.length === 0) break
    const target = playWeek(tier, open, game.drawn.week(number), game.racing, played)
    tier.weeksSinceSwitch = tier.weeksSinceSwitch === null ? null : tier.weeksSinceSwitch + 1
    if (target === undefined) continue
    played.switches.push({ week: number, to: target })
    if (game.endsWithSwitch) break
    Object.assign(tier, { seat: target, weeksSinceSwitch: 1 })
  }
  return played
}

interface Tier {
  seat: string
  weeksSinceSwitch: number | null
  history: (readonly EvaluationRecord[])[][]
  /** Pair → how its looks ended. */
  looks: Map<string, LookVerdict[]>
}

/** Returns the model that takes the seat. */
function playWeek(tier: Tier, open: readonly string[], week: Week, racing: boolean, played: Played) {
  const held = week.get(tier.seat) ?? []
  const finished = open.filter((model) => {
    const own = week.get(model) ?? []
    const calls = racing ? racedCalls(tier.seat, model, held, own) : undefined
    played.asked += calls ?? own.length
    if (calls !== undefined) looksOf(tier, model).push('drop')
    return calls === undefined
  })
  tier.history = [...tier.history, [held, ...finished.map((model) => week.get(model) ?? [])]].slice(-historyWeeks)
  if (finished.length === 0) return undefined
  const { decision, target, comparisons } = recommend({
    incumbent: tier.seat,
    refs: references,
    items: itemNames,
    challengers: open.length,
    looks: Object.fromEntries(finished.map((model) => [model, looksOf(tier, model).length + 1])),
    weeksSinceSwitch: tier.weeksSinceSwitch,
    config,
    records: tier.history.flat(2),
  })
  for (const { model, state } of comparisons) looksOf(tier, model).push(state)
  return decision === 'switch' && target !== null ? target : undefined
}

/** After how many calls racing drops a challenger; undefined when it does not. */
export function racedCalls(
  incumbent: string,
  challenger: string,
  held: readonly EvaluationRecord[],
  own: readonly EvaluationRecord[],
): number | undefined {
  // Items are drawn independently, so that their own order is as good as a shuffled one.
  const terms = { incumbent, samples: itemNames, repeats, refs: references, config }
  const verdict = racingVerdict(terms, challenger, [...held, ...own])
  return verdict.status === 'drop' ? verdict.calls : undefined
}

function isOpen(tier: Tier, model: string): boolean {
  return challengerLock(looksOf(tier, model), defaultSettings).status === 'open'
}

function looksOf(tier: Tier, model: string): LookVerdict[] {
  const pair = [tier.seat, model].toSorted().join(' ')
  const looks = tier.looks.get(pair) ?? []
  tier.looks.set(pair, looks)
  return looks
}
