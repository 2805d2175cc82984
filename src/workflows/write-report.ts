import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { loadEvaluation } from '../database/evaluation-queries.ts'
import { eachOutcome } from '../database/outcome-queries.ts'
import { isProviderReason } from '../providers/provider.ts'
import type { CycleReport, EvaluationReport } from '../reporting/cycle-report.ts'
import { outcomeCsvHeader, outcomeCsvLine } from '../reporting/render-csv.ts'
import { renderMarkdown } from '../reporting/render-markdown.ts'
import { type ReportFormat, reportFiles, reportFormats } from '../reporting/report-format.ts'
import { caller } from '../shared/caller.ts'
import { WorkFailed } from '../shared/work-failed.ts'
import type { Workspace } from './workspace.ts'

/**
 * Writes the files of a cycle into a folder of its own: all of them, whole or not at all, or only some, which take the place
 * of those that are there.
 * @returns the report with the paths of its files
 * @throws WorkFailed when they cannot be written; the results are in the database all the same
 */
export async function writeReport(
  workspace: Workspace,
  report: CycleReport,
  formats: readonly ReportFormat[] = reportFormats,
): Promise<CycleReport> {
  const folder = join(workspace.config.reports.folder, folderName(report))
  const unfinished = `${folder}.unfinished`
  const written = {
    ...report,
    reports: formats.map((format) => relative(caller().cwd, join(folder, reportFiles[format]))),
  }
  try {
    await mkdir(unfinished, { recursive: true })
    const writing = formats.map(async (format) => {
      const content = Readable.from(await reportContent(format, workspace, written))
      await pipeline(content, createWriteStream(join(unfinished, reportFiles[format])))
    })
    // None goes on in a folder that is deleted because another one failed.
    await Promise.allSettled(writing)
    await Promise.all(writing)
    await putInPlace(unfinished, folder, formats)
    return written
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined)
    throw new WorkFailed(
      `The results are stored, but the report could not be written to ${folder}: ${(error as Error).message}. Mend that and write it again: npx incumbent report`,
      { cause: error },
    )
  }
}

/** The content of one of its files, piece by piece. */
export async function reportContent(
  format: ReportFormat,
  workspace: Workspace,
  report: CycleReport,
): Promise<string[] | AsyncGenerator<string>> {
  switch (format) {
    case 'md':
      return [renderMarkdown(report)]
    case 'json':
      return [`${JSON.stringify(report, undefined, 2)}\n`]
    case 'csv':
      return csvLines(workspace, report)
    case 'html': {
      // The library that draws charts takes time to load, and most commands draw none.
      const { renderHtml } = await import('../reporting/render-html/render-html.ts')
      return [renderHtml(report, workspace.config.schedule)]
    }
  }
}

async function putInPlace(unfinished: string, folder: string, formats: readonly ReportFormat[]): Promise<void> {
  if (formats.length === reportFormats.length) {
    await rm(folder, { recursive: true, force: true })
    return rename(unfinished, folder)
  }
  await mkdir(folder, { recursive: true })
  for (const format of formats) await rename(join(unfinished, reportFiles[format]), join(folder, reportFiles[format]))
  await rm(unfinished, { recursive: true })
}

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
  const evaluation = await loadEvaluation(database.db, id)
  if (evaluation === undefined) return
  for await (const outcome of eachOutcome(database.db, evaluation)) {
    const role = roles.get(outcome.model) ?? ''
    const isOfProvider = outcome.status === 'failed' && isProviderReason(outcome.failure.kind)
    const inRun = outcome.repeat < repeats ? role : `${role}, re-test`
    yield outcomeCsvLine({ evaluation: id, tier, role: inRun, isOfProvider, outcome })
  }
}
