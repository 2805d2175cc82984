import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { dueSlots, firstMarks } from '../../src/scheduling/due-slots.ts'
import { nextSlots } from '../../src/scheduling/next-slots.ts'
import { type Schedule, schedulesOf } from '../../src/scheduling/schedules.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const weekMs = 7 * 24 * hourMs
const usual = loadConfig({ cwd: '/nonexistent', environment: {} })
const zones = [
  'Europe/Vienna',
  'America/New_York',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Asia/Kolkata',
]

function schedulesIn(timeZone: string): Schedule[] {
  return schedulesOf({ ...usual, schedule: { ...usual.schedule, timeZone } })
}

/** All that is due while a service looks at these times. */
function lookedAt(schedules: readonly Schedule[], start: Date, times: Iterable<Date>) {
  const since = new Map(firstMarks(schedules, start).map(({ schedule, dueAt }) => [schedule.name, dueAt]))
  const found: { name: string; dueAt: Date; seenAt: Date; roundAt: Date | undefined; missed: number }[] = []
  for (const now of times) {
    for (const { schedule, dueAt, roundAt, missed } of dueSlots(schedules, since, now)) {
      since.set(schedule.name, dueAt)
      found.push({ name: schedule.name, dueAt, seenAt: now, roundAt, missed: missed.length })
    }
  }
  return found
}

function* every(ms: number, from: Date, until: Date): Generator<Date> {
  for (let at = from.getTime(); at < until.getTime(); at += ms) yield new Date(at)
}

describe('what is due', () => {
  test.each(zones)('in %s every Sunday of ten years has each slot once, in the order of the stages', (zone) => {
    const schedules = schedulesIn(zone).filter(({ name }) => ['tier-1', 'report', 'send'].includes(name))
    const isSunday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: zone })
    const saturday = Date.parse('2026-11-21T18:00:00Z')
    // Sunday noon there is past 3:00 and before Monday in every zone.
    const sundays = Array.from({ length: 522 }, (_, week) => new Date(saturday + week * weekMs + 30 * hourMs))
    const found = lookedAt(schedules, new Date('2026-11-18T00:00:00Z'), sundays)
    expect(found).toHaveLength(3 * 522)
    for (const slots of Map.groupBy(found, ({ seenAt }) => seenAt).values()) {
      expect(slots.map(({ name, missed }) => `${name} ${missed}`)).toEqual(['tier-1 0', 'report 0', 'send 0'])
      const [tier, report, send] = slots.map(({ dueAt }) => dueAt)
      expect(slots.map(({ dueAt }) => isSunday.format(dueAt))).toEqual(['Sun', 'Sun', 'Sun'])
      // What falls into the hour that spring skips is due right after it, together.
      expect(tier && report && send && tier < report && report <= send).toBe(true)
      expect(new Set(slots.map(({ roundAt }) => roundAt?.getTime()))).toEqual(new Set([report?.getTime()]))
    }
  })

  test.each([
    ['spring', '2027-03-13T20:00:00Z', '2027-03-14T07:00:00.000Z'],
    ['autumn', '2026-10-31T20:00:00Z', '2026-11-01T07:30:00.000Z'],
  ])(
    'a service that looks every minute while clocks change in %s sees 2:30 once, within that minute',
    (_, from, due) => {
      const report = schedulesIn('America/New_York').filter(({ name }) => name === 'report')
      const start = new Date(from)
      const found = lookedAt(report, start, every(minuteMs, start, new Date(start.getTime() + 20 * hourMs)))
      expect(found.map(({ dueAt }) => dueAt.toISOString())).toEqual([due])
      expect(found[0]?.seenAt).toEqual(found[0]?.dueAt)
    },
  )

  test('after three weeks of downtime only the newest is due, and the missed ones are named', () => {
    const start = new Date('2026-11-21T12:00:00Z')
    const found = lookedAt(schedulesIn('UTC'), start, [new Date('2026-12-07T12:00:00Z')])
    expect(found).toHaveLength(6)
    for (const { dueAt, missed } of found) {
      expect(dueAt.toISOString()).toMatch(/^2026-12-06/)
      expect(missed).toBe(2)
    }
  })

  test('a schedule that was never seen starts with its next slot', () => {
    const start = new Date('2026-11-22T12:00:00Z')
    expect(lookedAt(schedulesIn('UTC'), start, [start])).toEqual([])
    expect(dueSlots(schedulesIn('UTC'), new Map(), start)).toEqual([])
  })

  test('a clock that is set back brings nothing back', () => {
    const since = new Map(schedulesIn('UTC').map(({ name }) => [name, new Date('2026-11-22T03:00:00Z')]))
    expect(dueSlots(schedulesIn('UTC'), since, new Date('2026-11-22T02:10:00Z'))).toEqual([])
  })

  test('tiers belong to the report that comes next, the message to the report before', () => {
    const schedules = schedulesOf({
      ...usual,
      schedule: { ...usual.schedule, timeZone: 'UTC', send: '0 9 * * 1' },
    })
    const found = lookedAt(schedules, new Date('2026-11-21T00:00:00Z'), [new Date('2026-11-23T09:00:00Z')])
    const rounds = found.filter(({ name }) => name !== 'discover').map(({ roundAt }) => roundAt?.toISOString())
    expect(new Set(rounds)).toEqual(new Set(['2026-11-22T02:30:00.000Z']))
  })
})

describe('what comes next', () => {
  test('names each schedule with its next time, the first one first', () => {
    const config = { ...usual, schedule: { ...usual.schedule, timeZone: 'Europe/Vienna' } }
    const next = nextSlots(config, new Date('2026-11-21T12:00:00Z'))
    expect(next.map(({ schedule, dueAt }) => `${schedule} ${dueAt.toISOString()}`)).toEqual([
      'discover 2026-11-21T23:00:00.000Z',
      'tier-1 2026-11-22T00:00:00.000Z',
      'tier-2 2026-11-22T00:30:00.000Z',
      'tier-3 2026-11-22T01:00:00.000Z',
      'report 2026-11-22T01:30:00.000Z',
      'send 2026-11-22T02:00:00.000Z',
    ])
    expect(next[1]?.words).toBe('tier 1 (core) is evaluated')
  })

  test('names no time for what is turned off', () => {
    const config = { ...usual, schedule: { ...usual.schedule, discover: undefined } }
    expect(nextSlots(config, new Date('2026-11-21T12:00:00Z')).map(({ schedule }) => schedule)).not.toContain(
      'discover',
    )
  })
})
