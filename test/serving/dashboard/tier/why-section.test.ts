import { expect, test } from 'vitest'
import { whySection } from '../../../../src/serving/dashboard/tier/why-section.ts'

test('a switch that was rolled back is not called one that goes on, nor one that is done', () => {
  const verdict = {
    evaluation: 'e1',
    at: '2026-11-15T01:00:00.000Z',
    word: 'Switch',
    decision: 'switch',
    sentence: 'Switch from held to better.',
    target: 'better',
    gain: null,
    confidence: null,
    needed: null,
    of: 'nobody',
    isSimulated: false,
  } as const
  const titleFor = (model: string, stage: 'partial' | 'rolled-back' | 'full') =>
    /<h2[^>]*>([^<]*)/.exec(
      whySection({ seat: { model, verdict, rollout: { stage } }, checks: null, evaluation: null }, 'UTC').markup,
    )?.[1]
  expect(titleFor('held', 'partial')).toBe('Why it is switching')
  expect(titleFor('held', 'rolled-back')).toBe('Why a switch was recommended')
  expect(titleFor('better', 'full')).toBe('Why it switched')
})
