import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { silentListener } from '../../src/workflows/cycle-listener.ts'
import { wholeRequest } from '../../src/workflows/cycle-request.ts'
import { resumeCycle } from '../../src/workflows/resume-cycle.ts'
import { runCycle } from '../../src/workflows/run-cycle.ts'
import type { Workspace } from '../../src/workflows/workspace.ts'
import { writeReportAgain } from '../../src/workflows/write-report-again.ts'
import { simulatedWeeks } from '../support/simulated-weeks.ts'
import { onEmbedded } from '../support/test-databases.ts'

const models = { held: 'errorRate: 0, latencyMs: 2000', rival: 'errorRate: 0.1, latencyMs: 1000' }
const never = new AbortController().signal

onEmbedded((databases) => {
  test('a cycle whose report could not be written is finished, and `report` writes it once that can be', async () => {
    const weeks = simulatedWeeks(await databases.open(), 12)
    const occupied = join(weeks.folder, 'reports')
    writeFileSync(occupied, 'no folder')
    await expect(weeks.week({ models })).rejects.toThrow(/results are stored.*Mend that.*npx incumbent report/)
    rmSync(occupied)
    const report = await writeReportAgain(await weeks.workspaceOf({ models }), undefined)
    expect(report.evaluations).toHaveLength(1)
    expect(existsSync(join(occupied, report.reports[0]?.split('/').at(-2) ?? '', 'report.md'))).toBe(true)
  })

  test('a report of which one file cannot be written leaves the one before, and nothing beside it', async () => {
    const weeks = simulatedWeeks(await databases.open(), 12)
    await weeks.week({ models })
    const folder = join(weeks.folder, 'reports')
    const [before = ''] = readdirSync(folder)
    mkdirSync(join(folder, `${before}.unfinished`, 'report.md'), { recursive: true })
    await expect(writeReportAgain(await weeks.workspaceOf({ models }), undefined)).rejects.toThrow('EISDIR')
    expect(readdirSync(folder)).toEqual([before])
    expect(existsSync(join(folder, before, 'report.md'))).toBe(true)
  })

  test('a cycle that stopped at its budget does not go on before the budget is raised', async () => {
    const weeks = simulatedWeeks(await databases.open(), 12)
    const workspace = await weeks.workspaceOf({ models })
    // A call of these models costs $0.0016, and is estimated at less.
    const poor = withBudget(workspace, 0.05)
    await expect(runCycle(poor, wholeRequest, 'test', silentListener, never)).rejects.toThrow(/^Stopped: .*\$0\.05/)
    const outcome = vi.fn()
    await expect(resumeCycle(poor, undefined, { ...silentListener, outcome }, never)).rejects.toThrow(
      /^Stopped: .*raise/,
    )
    expect(outcome).not.toHaveBeenCalled()
    const { evaluations } = await resumeCycle(withBudget(workspace, 1), undefined, silentListener, never)
    expect(evaluations[0]?.runs.map(({ asked }) => asked)).toEqual([36, 36])
  })
})

function withBudget(workspace: Workspace, cycleUsd: number): Workspace {
  return { ...workspace, config: { ...workspace.config, budget: { cycleUsd, monthUsd: undefined } } }
}
