import { isSeatTaken } from './confirmation.ts'
import { drawnWeeks } from './drawn-weeks.ts'
import { naiveFlips, naiveWinner } from './naive-rule.ts'
import { playWeeks, racedCalls } from './play-weeks.ts'
import type { Random } from './random.ts'
import { type Observation, type Scenario, whether } from './scenario.ts'
import { drawItems, drawModel, itemNames, repeats, type SimulatedModel } from './simulated-model.ts'

const base = 85
const looks = 4

/** In the first of so many runs the naive rule lives a whole year; it takes much time and varies little. */
const naiveYearEvery = 10

type Traits = { accuracy: number; speed?: number }

/** Scenarios in which the deciding code chooses between an incumbent of 85 % and challengers. */
export const switchScenarios: Scenario[] = [
  { name: 'identical', play: identicalYear },
  looksAt('equal', { accuracy: base }),
  oneWeekOfThree('three identical', true),
  oneWeekOfThree('three equal', false),
  looksAt('+8', { accuracy: 93 }),
  looksAt('1.5 times as fast, +2', { accuracy: 87, speed: 1.5 }),
  looksAt('1.5 times as fast, -5', { accuracy: 80, speed: 1.5 }),
  looksAt('1.5 times as fast, -8', { accuracy: 77, speed: 1.5 }),
  { name: 'raced, -8', play: (random) => racedWeek(random, { accuracy: 77 }) },
  { name: 'raced, mix', play: (random) => racedWeek(random, mixed(random)) },
]

/** Up to four looks at one challenger, asked in full and, on the same draws, with racing. */
function looksAt(name: string, traits: Traits): Scenario {
  return {
    name,
    play: (random) => {
      const items = drawItems(random)
      const models = [drawModel('held', items, { accuracy: base }, random), drawModel('new', items, traits, random)]
      const game = { drawn: drawnWeeks(models, random), incumbent: 'held', challengers: ['new'], weeks: looks }
      const [full] = playWeeks({ ...game, racing: false, endsWithSwitch: true }).switches
      const [raced] = playWeeks({ ...game, racing: true, endsWithSwitch: true }).switches
      return {
        firstLook: whether(full?.week === 1),
        bySecondLook: whether(full !== undefined && full.week <= 2),
        byLastLook: whether(full !== undefined),
        racedByLastLook: whether(raced !== undefined),
        lostToRacing: whether(full?.week === 1) - whether(raced?.week === 1),
        naive: whether(naiveWinner(game.drawn.week(1)) === 'new'),
        taken: whether(isSeatTaken(['held', 'new'], game.drawn, looks)),
      }
    },
  }
}

/** A year with a challenger that is the incumbent under another name; it goes on after a switch, roles exchanged. */
function identicalYear(random: Random, run: number): Observation {
  const items = drawItems(random)
  const held = drawModel('held', items, { accuracy: base }, random)
  const drawn = drawnWeeks([held, { ...held, name: 'new' }], random)
  const weeks = 52
  const year = { drawn, incumbent: 'held', challengers: ['new'], weeks, racing: false, endsWithSwitch: false }
  const { switches } = playWeeks(year)
  return {
    taken: whether(isSeatTaken(['held', 'new'], drawn, looks)),
    firstLook: whether(switches[0]?.week === 1),
    byLastLook: whether(switches.length > 0),
    twice: whether(switches.length >= 2),
    naive: whether(naiveWinner(drawn.week(1)) === 'new'),
    ...(run % naiveYearEvery === 0 ? naiveYear(naiveFlips(drawn, 'held', weeks)) : {}),
  }
}

function naiveYear(flips: number): Observation {
  return { naiveFlips: flips, naiveTwice: whether(flips >= 2) }
}

function oneWeekOfThree(name: string, isIdentical: boolean): Scenario {
  return {
    name,
    play: (random) => {
      const items = drawItems(random)
      const held = drawModel('held', items, { accuracy: base }, random)
      const names = ['new 1', 'new 2', 'new 3']
      const challengers: SimulatedModel[] = names.map((own) =>
        isIdentical ? { ...held, name: own } : drawModel(own, items, { accuracy: base }, random),
      )
      const drawn = drawnWeeks([held, ...challengers], random)
      const game = { drawn, incumbent: 'held', challengers: names, weeks: 1, racing: false, endsWithSwitch: true }
      return {
        firstLook: whether(playWeeks(game).switches.length > 0),
        naive: whether(naiveWinner(drawn.week(1)) !== 'held'),
      }
    },
  }
}

/** How much of the plan racing asks of a challenger in its first week. */
function racedWeek(random: Random, traits: Traits): Observation {
  const items = drawItems(random)
  const models = [drawModel('held', items, { accuracy: base }, random), drawModel('new', items, traits, random)]
  const week = drawnWeeks(models, random).week(1)
  const planned = itemNames.length * repeats
  const asked = racedCalls('held', 'new', week.get('held') ?? [], week.get('new') ?? []) ?? planned
  return { saved: 1 - asked / planned }
}

/**
 * What comes along as challengers: mostly worse, some alike, few better (decisions.md section 2). Its "speed ±8 U" is read
 * as a standard deviation of the utility, of which 50 points are a factor of 4.
 */
function mixed(random: Random): Traits {
  const kind = random.uniform()
  const [mean, spread] = kind < 0.6 ? [-6, 4] : kind < 0.9 ? [0, 2] : [6, 2]
  const accuracy = Math.min(99.5, Math.max(1, base + mean + spread * random.normal()))
  return { accuracy, speed: 4 ** ((8 * random.normal()) / 50) }
}
