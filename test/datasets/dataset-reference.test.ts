import { describe, expect, test } from 'vitest'
import { parseDatasetReference, parseVersion } from '../../src/datasets/dataset-reference.ts'
import { refusalOf } from './refusal-of.ts'

describe('the name of a dataset', () => {
  test.each([
    ['job-analysis', { name: 'job-analysis', version: undefined }],
    ['job-analysis@v1', { name: 'job-analysis', version: 'v1' }],
    ['job-analysis@golden_v1', { name: 'job-analysis', version: 'v1' }],
    [' tickets@v12 ', { name: 'tickets', version: 'v12' }],
  ])('%s names %j', (text, reference) => {
    expect(parseDatasetReference(text)).toEqual(reference)
  })

  test.each(['', '@v1', 'a@v1@v2', 'Job', '../up', 'a b', 'job_analysis'])(
    '%j names none, and the message shows how',
    (text) => {
      expect(refusalOf(() => parseDatasetReference(text))).toContain('job-analysis@v1')
    },
  )

  test.each(['1', 'v', 'v01', 'v-1', 'latest', 'v1.0'])('%j is no version', (text) => {
    expect(refusalOf(() => parseVersion(text))).toContain(`got "${text}"`)
    expect(refusalOf(() => parseDatasetReference(`a@${text}`))).toContain('v1')
  })
})
