import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { correctedTarget } from '../../src/tasks/corrected-target.ts'
import { loadTask } from '../../src/tasks/load-task.ts'
import { smallDataset, writtenFolder } from '../datasets/written-dataset.ts'

describe('a correction of a target', () => {
  const task = loadTask(join(writtenFolder(smallDataset()), 'tier1'))
  const target = { team: 'identity', urgency: 3 }

  test('is a path and JSON, and leaves the rest as it is', () => {
    expect(correctedTarget(task, target, ' urgency = 5 ')).toEqual({
      status: 'corrected',
      target: { team: 'identity', urgency: 5 },
    })
    expect(correctedTarget(task, target, 'team="billing"')).toMatchObject({ target: { team: 'billing', urgency: 3 } })
    expect(target).toEqual({ team: 'identity', urgency: 3 })
  })

  test.each([
    ['urgency', 'expected path = JSON'],
    ['a[0] = 1', 'expected path = JSON'],
    ['team = billing', 'expected JSON after "="'],
    ['team =', 'got nothing'],
    ['team = "sales"', 'got "sales"'],
    ['colour = "red"', 'colour'],
  ])('is refused with the reason: %s', (line, reason) => {
    const correction = correctedTarget(task, target, line)
    expect(correction.status === 'refused' && correction.reason).toContain(reason)
  })
})
