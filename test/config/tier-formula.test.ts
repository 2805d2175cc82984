import { describe, expect, test } from 'vitest'
import { decisionSettingsOf, referencesOf } from '../../src/workflows/decision-settings-of.ts'
import { configOf, problemsOf } from './config-folder.ts'

describe("a tier's own formula for the total score", () => {
  test('is part of the tier and of what its decisions are made by', () => {
    const [own, other] = configOf('tiers:\n  1: { formula: "min(accuracy, cost)" }').tiers
    if (own === undefined || other === undefined) throw new Error('Two tiers were expected.')
    expect(own.formula).toBe('min(accuracy, cost)')
    expect(decisionSettingsOf(own, referencesOf(own)).formula).toBe('min(accuracy, cost)')
    expect(decisionSettingsOf(other, referencesOf(other)).formula).toBeNull()
  })

  test('is checked before anything is asked: a wrong one is refused with line and character', () => {
    const [problem] = problemsOf('tiers:\n  1:\n    formula: 0.5 * accuracy + 0.5 * (speed / cost)\n')
    expect(problem).toMatch(
      /incumbent\.yaml:3.*tiers\.1\.formula: expected for "\/" a divisor that is never 0, got one from 0 to 100 at character 31/,
    )
  })

  test('of other keys that are wrong, all are told at once', () => {
    const problems = problemsOf('tiers:\n  1: { formula: "ones(9, 9)", repeats: 0 }\n  2: { formula: 5 }\n').join('\n')
    expect(problems).toContain('got the unknown name "ones" at character 1')
    expect(problems).toContain('tiers.1.repeats')
    expect(problems).toContain('tiers.2.formula')
  })
})
