import { expect, test } from 'vitest'
import { listAlerts } from '../../src/database/alert-queries.ts'
import { renderHtml } from '../../src/reporting/render-html/render-html.ts'
import { renderMarkdown } from '../../src/reporting/render-markdown.ts'
import { budgetAlert } from '../../src/workflows/budget-alerts.ts'
import { silentListener } from '../../src/workflows/cycle-listener.ts'
import { wholeRequest } from '../../src/workflows/cycle-request.ts'
import { runCycle } from '../../src/workflows/run-cycle.ts'
import { writeReportAgain } from '../../src/workflows/write-report-again.ts'
import { exampleReport } from '../reporting/example-report.ts'
import { simulatedWeeks } from '../support/simulated-weeks.ts'
import { onEmbedded } from '../support/test-databases.ts'

const models = { held: 'errorRate: 0, latencyMs: 2000', rival: 'errorRate: 0.1, latencyMs: 1000' }
const never = new AbortController().signal
const dayMs = 86_400_000

onEmbedded((databases) => {
  test('a report says what its cycle cost and where the month is heading; over the budget people are told once a month', async () => {
    const weeks = simulatedWeeks(await databases.open(), 12)
    const workspace = await weeks.workspaceOf({ models })
    // A cycle costs about $0.115: it may go on, but four a month may not.
    const config = { ...workspace.config, budget: { cycleUsd: undefined, monthUsd: 0.24 } }
    const run = () => runCycle({ ...workspace, config }, wholeRequest, 'test', silentListener, never)
    const first = await run()
    const asked = first.evaluations.flatMap(({ runs }) => runs)
    const spent = asked.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)
    expect(first.costs?.spentUsd).toBeCloseTo(spent)
    expect(first.costs?.monthUsdSoFar).toBeCloseTo(spent)
    expect(first.costs?.monthUsdProjected).toBeGreaterThan(0.24)
    expect(first.costs?.models.map(({ model }) => model).toSorted()).toEqual(['held', 'rival'])
    expect(first.costs?.models.every(({ isSimulated }) => isSimulated)).toBe(true)
    expect(renderMarkdown(first)).toContain('is heading for $')
    expect(renderHtml(first, workspace.config.schedule)).toContain('is heading for $')
    await weeks.clock.advance(3 * dayMs)
    const second = await run()
    const alerts = (await listAlerts(workspace.database.db, 10)).filter(({ kind }) => kind === 'budget')
    expect(alerts).toHaveLength(1)
    expect(alerts[0]).toMatchObject({ key: `budget:month:${first.costs?.month}`, severity: 'warning' })
    await weeks.clock.advance(31 * dayMs)
    await run()
    const open = await listAlerts(workspace.database.db, 10, { openOnly: true })
    expect(open.map(({ key }) => key)).not.toContain(`budget:month:${first.costs?.month}`)
    // Written again, a report says what it said.
    const again = await writeReportAgain(workspace, second.evaluations[0]?.id)
    expect(again.costs).toEqual(second.costs)
  })
})

test('people are told from 80 % of the budget on, and of what passes it apart', () => {
  const { costs } = exampleReport()
  if (costs === null) throw new Error('no costs')
  const at = new Date('2026-11-15T01:41:00Z')
  const heading = (monthUsdProjected: number | null) => budgetAlert({ ...costs, monthUsdProjected }, at)
  expect(heading(40)).toBeUndefined()
  expect(heading(null)).toBeUndefined()
  expect(heading(50)).toMatchObject({ key: 'budget:month-80:2026-11' })
  expect(heading(70)).toMatchObject({
    key: 'budget:month:2026-11',
    subject: 'Over the budget: November is heading for $70 of $60',
  })
  expect(budgetAlert({ ...costs, budgetUsd: null, monthUsdProjected: 70 }, at)).toBeUndefined()
})
