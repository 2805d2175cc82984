import { join, resolve } from 'node:path'
import { loadDatasetVersion } from '../../src/datasets/load-dataset-version.ts'
import { perfectAnswer } from '../../src/scoring/perfect-answer.ts'
import { loadGoldenSet } from '../../src/tasks/load-golden-set.ts'
import { loadTask } from '../../src/tasks/load-task.ts'
import type { Asked } from './loopback-server.ts'

const folder = resolve(import.meta.dirname, '../../golden-datasets/job-analysis')

/** Answers of tier 1 on v0: right ones, which a loopback server can give to a prompt that holds the posting. */
export function rightAnswers(): (asked: Pick<Asked, 'prompt'>) => string | undefined {
  const task = loadTask(join(folder, 'tier1'))
  const { samples, targets } = loadGoldenSet(loadDatasetVersion(folder, 'v0'), task)
  const known = samples.map(({ key, input }) => {
    const answer = JSON.stringify(perfectAnswer(task, targets.get(key)?.target ?? {}))
    return { text: typeof input.text === 'string' ? input.text : '', answer }
  })
  return ({ prompt }) => known.find(({ text }) => prompt.includes(text))?.answer
}
