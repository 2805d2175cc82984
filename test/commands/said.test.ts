import { expect, test } from 'vitest'
import { saidText } from '../../src/commands/said.ts'

const quiet = { tier: 1, seat: 'held', rollout: null, pin: null }

test('whoever ends a rollout is told who holds the tier now', () => {
  const happened = 'The rollout of better on tier 1 is rolled back: Ada rolled it back (complaints).'
  expect(saidText({ ...quiet, happened })).toBe(`${happened}\nheld holds tier 1.`)
  expect(saidText({ ...quiet, seat: null, happened })).toBe(`${happened}\nTier 1 is vacant.`)
})

test('what was said of the holder already is not said again', () => {
  const happened = 'held holds tier 1 again, in place of better.'
  expect(saidText({ ...quiet, happened })).toBe(happened)
  const rollout = {
    id: '1',
    kind: 'challenge',
    stage: 'shadow',
    challenger: 'better',
    sentence: 'better is tried.',
  } as const
  expect(saidText({ ...quiet, rollout, happened: rollout.sentence })).toBe(rollout.sentence)
})
