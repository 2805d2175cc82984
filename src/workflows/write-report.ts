import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { eachOutcome } from '../database/outcome-queries.ts'
import { isProviderReason } from '../providers/provider.ts'
import type { CycleReport, EvaluationReport } from '../reporting/cycle-report.ts'
import { outcomeCsvHeader, outcomeCsvLine } from '../reporting/render-csv.ts'
import { renderMarkdown } from '../reporting/render-markdown.ts'
import { caller } from '../shared/caller.ts'
import { WorkFailed } from '../shared/work-failed.ts'
import type { Workspace } from './workspace.ts'

/**
 * Writes report.md, results.csv and results.json of a cycle into a folder of its own, whole or not at all.
 * @returns the report with the paths of its files
 * @throws WorkFailed when they cannot be written; the results are in the database all the same
 */
export async function writeReport(workspace: Workspace, report: CycleReport): Promise<CycleReport> {
  const { config } = workspace
  const folder = join(config.reports.folder, folderName(report))
  const unfinished = `${folder}.unfinished`
  const written = { ...report, reports: fileNames.map((name) => relative(caller().cwd, join(folder, name))) }
  try {
    await mkdir(unfinished, { recursive: true })
    await writeFile(join(unfinished, 'report.md'), renderMarkdown(written))
    await writeFile(join(unfinished, 'results.json'), `${JSON.stringify(written, undefined, 2)}\n`)
    await pipeline(Readable.from(csvLines(workspace, report)), createWriteStream(join(unfinished, 'results.csv')))
    await rm(folder, { recursive: true, force: true })
    await rename(unfinished, folder)
    return written
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined)
    throw new WorkFailed(
      `The results are stored, but the report could not be written to ${folder}: ${(error as Error).message}. Mend that and write it again: npx incumbent report`,
      { cause: error },
    )
  }
}

const fileNames = ['report.md', 'results.csv', 'results.json']

/** Sorts by time: 2026-11-22T0230-1f3a9c20 */
function folderName({ startedAt, cycle }: CycleReport): string {
  return `${startedAt.slice(0, 16).replace(':', '')}-${cycle.slice(0, 8)}`
}

async function* csvLines(workspace: Workspace, { evaluations }: CycleReport): AsyncGenerator<string> {
  yield outcomeCsvHeader
  for (const evaluation of evaluations) yield* evaluationLines(workspace, evaluation)
}

async function* evaluationLines(
  { database }: Workspace,
  { id, tier, runs, repeats }: EvaluationReport,
): AsyncGenerator<string> {
  const roles = new Map<string, string>(runs.map(({ model, role }) => [model, role]))
  for await (const outcome of eachOutcome(database.db, id)) {
    const role = roles.get(outcome.model) ?? ''
    const isOfProvider = outcome.status === 'failed' && isProviderReason(outcome.failure.kind)
    const inRun = outcome.repeat < repeats ? role : `${role}, re-test`
    yield outcomeCsvLine({ evaluation: id, tier, role: inRun, isOfProvider, outcome })
  }
}
