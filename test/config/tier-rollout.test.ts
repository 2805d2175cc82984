import { describe, expect, test } from 'vitest'
import { completeRollout } from '../../src/config/tier-rollout.ts'
import { guardSettings } from '../../src/rollout/guards/guard-settings.ts'
import { guardSettingsOf } from '../../src/rollout/guards/guard-settings-of.ts'
import { configOf, problemsOf } from './config-folder.ts'

const tierOf = (lines: string) => configOf(`tiers:\n  1:\n${lines}`).tiers[0]

describe('the rollout of a tier', () => {
  test('is automatic by default, with one step whose share follows from the traffic, and the guards of decisions.md', () => {
    expect(tierOf('    name: core')?.rollout).toEqual(completeRollout())
    expect(completeRollout()).toMatchObject({
      policy: 'auto',
      steps: [],
      shadow: { requests: 200, hours: 24, share: 1 },
    })
    expect(guardSettingsOf(completeRollout())).toEqual(guardSettings)
  })

  test('takes one share, or shares that grow', () => {
    expect(tierOf('    rollout: { share: 0.2 }')?.rollout.steps).toEqual([0.2])
    expect(tierOf('    rollout: { steps: [0.05, 0.25, 0.5] }')?.rollout.steps).toEqual([0.05, 0.25, 0.5])
    const refused = (rollout: string) => problemsOf(`tiers:\n  1:\n    rollout: ${rollout}`)
    expect(refused('{ steps: [0.25, 0.1] }')).toEqual([
      'incumbent.yaml:3: at tiers.1.rollout.steps: expected shares that grow from step to step, got 0.25, 0.1',
    ])
    expect(refused('{ share: 0.1, steps: [0.2] }')).toEqual([
      'incumbent.yaml:3: at tiers.1.rollout.steps: expected share or steps, got both',
    ])
    expect(refused('{ share: 0.6 }')[0]).toMatch(/tiers.1.rollout.share: expected .*0.5, got 0.6/)
  })

  test('takes what its stages need and where its guards stand', () => {
    const rollout = tierOf(
      '    rollout: { shadow: { hours: 0, dayUsd: 5 }, partial: { requests: 50 }, guards: { alpha: 0.001 } }',
    )?.rollout
    expect(rollout).toMatchObject({
      shadow: { requests: 200, hours: 0, dayUsd: 5 },
      partial: { requests: 50, hours: 24 },
      guards: { alpha: 0.001, slowBound: 0.15 },
    })
    expect(guardSettingsOf(rollout ?? completeRollout())).toMatchObject({
      alpha: 0.001,
      leastRequests: { shadow: 200, partial: 50 },
      leastHours: { shadow: 0, partial: 24 },
    })
  })
})

describe('the routes of a tier', () => {
  const routes = (list: string) => `tiers:\n  1:\n    routes: ${list}`

  test('go from the shortest to the longest, the last of any length', () => {
    const [tier] = configOf(routes('[{ upToTokens: 8192, model: seat }, { model: gemini-1.5-pro }]')).tiers
    expect(tier?.routes).toEqual([
      { upToTokens: 8192, model: 'seat' },
      { upToTokens: undefined, model: 'gemini-1.5-pro' },
    ])
    expect(configOf('').tiers[0]?.routes).toEqual([])
  })

  test('that do not grow, or lead to a baseline, are refused', () => {
    const grow = 'expected upToTokens that grow from route to route, and one without it only at the end'
    expect(problemsOf(routes('[{ upToTokens: 9, model: seat }, { upToTokens: 9, model: a }]'))[0]).toContain(grow)
    expect(problemsOf(routes('[{ model: seat }, { upToTokens: 9, model: a }]'))[0]).toContain(grow)
    expect(problemsOf(routes('[{ model: rules-basic }]'))).toEqual([
      'incumbent.yaml:3: at tiers.1.routes[0].model: expected a language model, got the baseline "rules-basic"',
    ])
  })
})
