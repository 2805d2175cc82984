import { expect, test } from 'vitest'
import { standingText } from '../../src/commands/standing-text.ts'
import { assign } from '../../src/database/assignment-queries.ts'
import { loadEvaluation } from '../../src/database/evaluation-queries.ts'
import { renderMarkdown } from '../../src/reporting/render-markdown.ts'
import { verdictWord } from '../../src/reporting/verdict-word.ts'
import { whatToDo } from '../../src/reporting/what-changed.ts'
import { decisionInputsOf } from '../../src/workflows/decision-inputs.ts'
import { registeredModels } from '../../src/workflows/registered-models.ts'
import { tierStates } from '../../src/workflows/tier-states.ts'
import { type Behaviours, simulatedWeeks } from '../support/simulated-weeks.ts'
import { onEmbedded } from '../support/test-databases.ts'

const models: Behaviours = {
  held: 'errorRate: 0.02, latencyMs: 2000',
  fast: 'errorRate: 0.02, latencyMs: 500',
  hopeless: 'errorRate: 0.9, latencyMs: 2000',
}
const targets = 'targets: { latencyMs: 2000, costUsd: 0.002 }'

onEmbedded((databases) => {
  test("a switch to a model below the tier's floor is not made, and says so", async () => {
    const weeks = simulatedWeeks(await databases.open(), 40)
    const wide = `${targets}, settings: { niMargin: 20 }`
    const tier = `${wide}, minimumAccuracy: 99.99`
    const free = await weeks.week({ models, tier: wide, request: { apply: false } })
    expect(free.recommendation).toMatchObject({ decision: 'switch', target: 'fast' })
    expect(free.refusal).toBeNull()
    const held = await weeks.week({ models, tier })
    expect(held.recommendation.decision).toBe('switch')
    expect(held.refusal).toContain('floor of 99.99')
    expect(held.reasoning).toMatch(/held keeps the seat\. fast is better, .* but its accuracy is below/)
    expect(verdictWord(held)).toBe('Keep')
    const told = { evaluations: [held], notes: [], costs: null, reports: [] }
    const report = { cycle: held.id, startedAt: '', finishedAt: '', ...told }
    expect(whatToDo(report).join()).not.toContain('Switch to')
    expect(renderMarkdown(report)).toContain('floor of 99.99')
  })

  test('what an earlier switch gave away narrows the margin of the next evaluations, and status says so', async () => {
    const database = await databases.open()
    const weeks = simulatedWeeks(database, 40)
    const dull: Behaviours = { ...models, fast: 'errorRate: 0.3, latencyMs: 500' }
    const tier = `${targets}, settings: { niMargin: 60 }`
    const request = { racing: false }
    const first = await weeks.week({ models: dull, tier, request })
    const lost = -(first.recommendation.comparisons.find(({ model }) => model === 'fast')?.accuracyDelta ?? 0)
    expect(lost).toBeGreaterThan(1)
    const at = weeks.clock.now()
    await assign(database.db, {
      tier: 1,
      model: 'fast',
      reason: 'switch',
      assignedBy: 'auto',
      at,
      evaluationId: first.id,
    })
    const second = await weeks.week({ models: dull, tier, request })
    const stored = await loadEvaluation(database.db, second.id)
    if (stored === undefined) throw new Error('The evaluation is not stored.')
    expect(decisionInputsOf(stored).creep?.givenAway).toBeCloseTo(lost, 9)
    expect(decisionInputsOf(stored).settings.niMargin).toBeCloseTo(60 - lost, 9)
    expect(second.reasoning).toContain('since a person last approved the accuracy of this tier')
    const [state] = await tierStates(await weeks.workspaceOf({ models: dull, tier }))
    expect(state?.standing).toMatchObject({ p95Ms: 8000, minimumAccuracy: null, creep: { usual: 60 } })
  })

  test('status and the list of models name who is locked before the next run does', async () => {
    const weeks = simulatedWeeks(await databases.open(), 40)
    for (const _week of [1, 2]) await weeks.week({ models, tier: targets })
    const workspace = await weeks.workspaceOf({ models, tier: targets })
    const states = await tierStates(workspace)
    expect(states[0]?.standing.locked).toEqual([{ model: 'hopeless', reason: 'dropped_twice' }])
    expect(standingText(states)).toMatch(
      /Tier 1: Locked, and not compared until its version .* change: hopeless \(dropped twice in a row\)\./,
    )
    const locked = (await registeredModels(workspace)).filter((model) => model.locked.length > 0)
    expect(locked).toMatchObject([{ name: 'hopeless', tiers: [1], locked: [{ tier: 1, reason: 'dropped_twice' }] }])
  })
})
