import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { datasetFolder, findDatasets, taskFolders } from '../../src/datasets/find-datasets.ts'
import { refusalOf } from './refusal-of.ts'
import { writtenFolder } from './written-dataset.ts'

const own = writtenFolder({ 'tickets/dataset.yaml': '', 'notes/readme.md': '', '.import-1/dataset.yaml': '' })
const shipped = writtenFolder({ 'tickets/dataset.yaml': '', 'jobs/dataset.yaml': '' })

describe('the datasets of some folders', () => {
  test('are their subfolders with a dataset.yaml; what an import has not finished is none', () => {
    expect([...findDatasets([own])]).toEqual([['tickets', join(own, 'tickets')]])
  })

  test('of two with one name the one in the first folder counts', () => {
    expect([...findDatasets([own, shipped])]).toEqual([
      ['jobs', join(shipped, 'jobs')],
      ['tickets', join(own, 'tickets')],
    ])
  })

  test('a folder that does not exist holds none', () => {
    expect(findDatasets([join(own, 'nowhere')]).size).toBe(0)
  })

  test('a name that none has is refused with the names there are', () => {
    const message = refusalOf(() => datasetFolder([own, shipped], 'tikets'))
    expect(message).toContain('there: jobs, tickets')
    expect(message).toContain('Did you mean "tickets"?')
  })

  test('the tasks of a dataset come in natural order', () => {
    const dataset = writtenFolder({ 'tier10/task.yaml': '', 'tier2/task.yaml': '', 'v1/samples.jsonl': '' })
    expect(taskFolders(dataset)).toEqual([join(dataset, 'tier2'), join(dataset, 'tier10')])
  })
})
