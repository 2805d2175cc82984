import { describe, expect, test } from 'vitest'
import type { UnfinishedSlot } from '../../src/database/slot-queries.ts'
import { nextMoves } from '../../src/scheduling/next-moves.ts'

const hourMs = 3_600_000
const waitMs = 48 * hourMs
const round = new Date('2026-11-22T02:30:00Z')
const nextRound = new Date('2026-11-29T02:30:00Z')

function slot(schedule: string, dueAt: string, rest: Partial<UnfinishedSlot> = {}): UnfinishedSlot {
  return {
    schedule,
    dueAt: new Date(dueAt),
    state: 'waiting',
    expression: '',
    roundAt: round,
    notBefore: undefined,
    tries: 0,
    claimedBy: 'a process',
    claimedAt: new Date(dueAt),
    startedAt: undefined,
    finishedAt: undefined,
    cycleId: undefined,
    note: undefined,
    isRoundBegun: false,
    ...rest,
  }
}

const tier1 = slot('tier-1', '2026-11-22T01:00:00Z')
const tier2 = slot('tier-2', '2026-11-22T01:30:00Z')
const report = slot('report', '2026-11-22T02:30:00Z')
const send = slot('send', '2026-11-22T03:00:00Z')

function moves(slots: UnfinishedSlot[], now: string) {
  const { start, end, overlapping } = nextMoves(slots, new Date(now), waitMs)
  return {
    start: start.map(({ schedule }) => schedule),
    end: end.map(({ slot: { schedule }, state }) => `${schedule} ${state}`),
    overlapping: overlapping.map(({ slot: { schedule }, earlier }) => `${schedule} after ${earlier.schedule}`),
  }
}

describe('each stage waits for the one before', () => {
  test('tiers one after the other, then the report, then sending it', () => {
    expect(moves([tier1, tier2, report, send], '2026-11-22T05:00:00Z').start).toEqual(['tier-1'])
    expect(moves([tier2, report, send], '2026-11-22T05:00:00Z').start).toEqual(['tier-2'])
    expect(moves([report, send], '2026-11-22T05:00:00Z').start).toEqual(['report'])
    expect(moves([send], '2026-11-22T05:00:00Z').start).toEqual(['send'])
  })

  test('a slot whose process was lost may go on; whoever carries it still refuses it', () => {
    const running = { ...tier1, state: 'running', tries: 1 } as const
    expect(moves([running, tier2], '2026-11-22T05:00:00Z').start).toEqual(['tier-1'])
  })

  test('a tier that waits for its quota leaves the time to the others, but the report waits for it', () => {
    const paused = { ...tier1, tries: 1, notBefore: new Date('2026-11-22T08:02:00Z') }
    expect(moves([paused, tier2, report], '2026-11-22T05:00:00Z').start).toEqual(['tier-2'])
    expect(moves([paused, report], '2026-11-22T05:00:00Z').start).toEqual([])
    expect(moves([paused, report], '2026-11-22T08:02:00Z').start).toEqual(['tier-1'])
  })

  test('looking for models waits for nothing', () => {
    const discover = slot('discover', '2026-11-22T00:00:00Z', { roundAt: undefined })
    expect(moves([discover, tier1], '2026-11-22T05:00:00Z').start).toEqual(['discover', 'tier-1'])
  })
})

describe('a report waits for so long and no longer', () => {
  test('what has not begun at the deadline is given up, and the report is made', () => {
    const late = moves([{ ...tier1, tries: 1 }, report], '2026-11-24T02:30:00Z')
    expect(late).toEqual({ start: ['report'], end: ['tier-1 failed'], overlapping: [] })
  })

  test('whoever carries a tier ends it himself; a process that hangs is waited for some minutes more', () => {
    const running = { ...tier1, state: 'running', tries: 1 } as const
    expect(moves([running, report], '2026-11-24T02:31:00Z').end).toEqual([])
    expect(moves([running, report], '2026-11-24T02:36:00Z')).toMatchObject({
      start: ['report'],
      end: ['tier-1 failed'],
    })
  })
})

describe('rounds do not overlap', () => {
  const next = slot('tier-1', '2026-11-29T01:00:00Z', { roundAt: nextRound })

  test('a cycle that is not done at its next slot holds that slot up', () => {
    const stuck = { ...report, state: 'running', tries: 1, startedAt: report.dueAt } as const
    expect(moves([stuck, next], '2026-11-29T01:00:00Z')).toEqual({
      start: ['report'],
      end: [],
      overlapping: ['tier-1 after report'],
    })
  })

  test('a slot that never began gives way to a newer one of its schedule', () => {
    expect(moves([tier1, next], '2026-11-29T01:00:00Z')).toEqual({
      start: ['tier-1'],
      end: ['tier-1 skipped'],
      overlapping: [],
    })
  })

  test('what is left of a round that has begun comes first: what was evaluated is reported, and nobody is told of waiting', () => {
    const left = { ...report, isRoundBegun: true }
    const nextReport = slot('report', '2026-11-29T02:30:00Z', { roundAt: nextRound })
    const justBegun = { ...left, state: 'running', tries: 1, startedAt: new Date('2026-11-29T02:29:50Z') } as const
    for (const earlier of [left, justBegun]) {
      expect(moves([earlier, next, nextReport], '2026-11-29T02:30:00Z')).toEqual({
        start: ['report'],
        end: [],
        overlapping: [],
      })
    }
  })

  test('a message that is still to be queued holds up no evaluation', () => {
    expect(moves([send, next], '2026-11-29T01:00:00Z').start).toEqual(['send', 'tier-1'])
  })
})
