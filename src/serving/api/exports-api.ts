import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as z from 'zod'
import { exportFormats, renderExport } from '../../reporting/render-export.ts'
import { type ReportFormat, reportFiles, reportFormats } from '../../reporting/report-format.ts'
import { exportOutcomes } from '../../workflows/export-outcomes.ts'
import { theEvaluation } from '../../workflows/recommend-again.ts'
import type { Workspace } from '../../workflows/workspace.ts'
import { reportContent } from '../../workflows/write-report.ts'
import { storedReport } from '../../workflows/write-report-again.ts'
import type { Exchange } from '../http/exchange.ts'
import type { ApiRoute } from './api-route.ts'
import { defineStream } from './define-api.ts'
import { queryNumber } from './query-number.ts'
import { cycleReportSchema } from './schemas/cycle-report-schema.ts'
import { outcomeSchema } from './schemas/outcome-schema.ts'

const contentTypes = {
  jsonl: 'application/jsonl',
  csv: 'text/csv',
  json: 'application/json',
  md: 'text/markdown',
  html: 'text/html',
} as const

/** What other tools read. */
export function exportsApi({ workspace }: { workspace: Workspace }): ApiRoute[] {
  return [
    defineStream({
      method: 'GET',
      path: '/api/exports/outcomes',
      summary: 'Every sample that was asked, in a form that other evaluation tools read',
      description: 'As `incumbent export`: it comes as it is read, however many there are.',
      query: exportQuery,
      content: {
        [contentTypes.jsonl]: outcomeSchema,
        [contentTypes.csv]: undefined,
        [contentTypes.json]: z.array(outcomeSchema),
      },
      stream: async ({ query, exchange }) => {
        const { format, tier, evaluation, inputs } = query
        const wanted = evaluation === undefined ? undefined : await theEvaluation(workspace, evaluation)
        const tiers = tier === undefined ? undefined : [tier]
        const request = { evaluation: wanted?.id, tiers, models: undefined, since: undefined, withInputs: inputs }
        const name = `outcomes${wanted === undefined ? '' : `-${wanted.id.slice(0, 8)}`}.${format}`
        await sendFile(exchange, name, renderExport(format, exportOutcomes(workspace, request)))
      },
    }),
    defineStream({
      method: 'GET',
      path: '/api/exports/report',
      summary: 'The report of a cycle, or its results',
      description: 'Made anew from what is stored, with all evaluations of the cycle.',
      query: reportQuery,
      content: {
        [contentTypes.html]: undefined,
        [contentTypes.md]: undefined,
        [contentTypes.json]: cycleReportSchema,
        [contentTypes.csv]: undefined,
      },
      stream: async ({ query: { evaluation, format }, exchange }) => {
        const report = await storedReport(workspace, evaluation)
        const name = `${report.startedAt.slice(0, 10)}-${reportFiles[format]}`
        await sendFile(exchange, name, await reportContent(format, workspace, report))
      },
    }),
  ]
}

/** No faster than it is read. @param name ends with the format */
async function sendFile(
  { response, signal }: Exchange,
  name: string,
  text: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  const format = name.slice(name.lastIndexOf('.') + 1) as keyof typeof contentTypes
  response.writeHead(200, {
    'content-type': `${contentTypes[format]}; charset=utf-8`,
    'content-disposition': `attachment; filename="${name}"`,
  })
  await pipeline(Readable.from(text), response, { signal })
}

const reportQuery = z.object({
  evaluation: z.string().optional().describe('Its cycle; without it the newest that is finished.'),
  format: z
    .enum(reportFormats as [ReportFormat, ...ReportFormat[]])
    .default('html')
    .describe('What comes, and its content type.'),
})

const exportQuery = z.object({
  evaluation: z.string().optional().describe('Its id or the beginning of it; without it all.'),
  tier: queryNumber(z.int().min(0)).optional().describe('Only of this tier.'),
  format: z.enum(exportFormats).default('jsonl').describe('What comes, and its content type.'),
  inputs: z.stringbool().default(false).describe('With what each sample asked.'),
})
