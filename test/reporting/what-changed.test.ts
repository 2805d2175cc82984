import { expect, test } from 'vitest'
import { whatChanged, whatToDo } from '../../src/reporting/what-changed.ts'
import { exampleReport } from './example-report.ts'

test('a model that a provider has is proposed once, by a command for all tiers that lack one', () => {
  const report = exampleReport()
  const command = (tier: number) => `npx incumbent models add qwen3:8b --provider ollama --tier ${tier}`
  const evaluations = report.evaluations.map((evaluation) => ({
    ...evaluation,
    skipped: [{ model: 'm', reason: 'no key', remedy: 'Set GEMINI_API_KEY in .env' }],
    proposals: [{ model: 'qwen3:8b', provider: 'ollama', command: command(evaluation.tier) }],
  }))
  const steps = whatToDo({ ...report, evaluations })
  expect(steps).toContain('ollama has qwen3:8b: npx incumbent models add qwen3:8b --provider ollama --tier 1,2,3')
  expect(steps).toContain('Set GEMINI_API_KEY in .env (tiers 1, 2, 3)')
})

test('a tier that went from a gone model to another is not said to keep its model', () => {
  const report = exampleReport()
  const kept = report.evaluations.map((evaluation) => {
    const assignment = { ...evaluation.assignment, changed: false }
    return { ...evaluation, assignment, followed: [] as string[] }
  })
  const [first, ...others] = kept
  if (first === undefined) throw new Error('The example has tiers.')
  const gone = 'Tier 1 went from a to b: a is gone.'
  expect(whatChanged({ ...report, evaluations: [{ ...first, followed: [gone] }, ...others] })).toEqual([gone])
  expect(whatChanged({ ...report, evaluations: kept })).toEqual(['Nothing changed: every tier keeps its model.'])
})
