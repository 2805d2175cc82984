import { expect, test } from 'vitest'
import { defaultSettings } from '../../src/analysis/decision-settings.ts'
import type { AssignmentChange } from '../../src/database/assignment-queries.ts'
import { creepOf } from '../../src/workflows/accuracy-given-away.ts'

const day = new Date('2026-11-22T03:00:00Z')

/** Newest first, as they are loaded. */
function changes(...rows: { by: string; from?: string; difference?: number; rollback?: boolean }[]) {
  const differences = new Map<AssignmentChange, number | undefined>()
  const made = rows.map(({ by, from, difference, rollback }): AssignmentChange => {
    const change: AssignmentChange = {
      tier: 1,
      model: 'new',
      previousModel: from,
      reason: '',
      assignedBy: by,
      assignedAt: day,
      evaluationId: undefined,
      recommendationId: undefined,
      evidence: rollback === true ? { kind: 'rollback' } : undefined,
    }
    differences.set(change, difference)
    return change
  })
  return creepOf(made.toReversed(), (change) => differences.get(change), defaultSettings, 100)
}

test('what switches have given away narrows the margin', () => {
  expect(changes({ by: 'system' }, { by: 'auto', from: 'a', difference: -1.5 })).toEqual({
    givenAway: 1.5,
    since: day.toISOString(),
    margin: 3.5,
    usual: 5,
  })
})

test('the margin never falls below one point', () => {
  const two = [-3, -3].map((difference) => ({ by: 'auto', from: 'a', difference }))
  expect(changes({ by: 'manual:Ada' }, ...two)).toMatchObject({ givenAway: 6, margin: 1 })
})

test('a person who assigns a model approves its accuracy: counting begins anew', () => {
  const before = { by: 'auto', from: 'a', difference: -4 }
  expect(changes(before, { by: 'manual:Ada', from: 'b' })).toBeUndefined()
  expect(changes(before, { by: 'manual:Ada', from: 'b' }, { by: 'auto', from: 'c', difference: -1 })).toMatchObject({
    givenAway: 1,
  })
})

test('what a switch has won makes up for what another gave away, and a rollback takes its switch out', () => {
  const [loss, gain] = [-2, 6].map((difference) => ({ by: 'auto', from: 'a', difference }))
  expect(changes({ by: 'system' }, loss ?? { by: '' }, gain ?? { by: '' })).toBeUndefined()
  expect(
    changes({ by: 'system' }, loss ?? { by: '' }, gain ?? { by: '' }, { by: 'auto', from: 'a', rollback: true }),
  ).toMatchObject({ givenAway: 2 })
})

test('filling a vacant seat gives nothing away', () => {
  expect(changes({ by: 'auto' })).toBeUndefined()
})
