import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UserError } from '../../src/shared/user-error.ts'
import { loadTask } from '../../src/tasks/load-task.ts'
import { readTargetPaths } from '../../src/tasks/target-paths.ts'

const folder = join(import.meta.dirname, '../../golden-datasets/job-analysis')

test.each(['tier1', 'tier2', 'tier3'])('of %s they are those that its answers are scored by', (tier) => {
  const task = loadTask(join(folder, tier))
  expect([...readTargetPaths(join(folder, tier))]).toEqual(
    task.scoring.map(({ path, targetPath }) => [path, targetPath]),
  )
})

test('a folder without a task is refused', () => {
  expect(() => readTargetPaths(folder)).toThrow(UserError)
})
