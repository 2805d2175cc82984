import * as z from 'zod'
import { evaluationReportSchema } from './evaluation-report-schema.ts'
import { interval, model, time, usd } from './quantities.ts'

const modelCosts = z.object({
  model,
  isSimulated: z.boolean(),
  weekUsd: z.object({ test: usd, live: usd, shadow: usd }).describe('In the last seven days.'),
  monthUsdSoFar: usd,
  monthUsdProjected: usd,
})

const cycleCosts = z.object({
  spentUsd: usd.describe('US dollars at list price, by the calls of this cycle. Null: unknown for all of them.'),
  month: z.string().meta({ description: 'Of UTC.', examples: ['2026-11'] }),
  monthUsdSoFar: z.number().min(0).describe('US dollars; calls of unknown cost count nothing.'),
  monthUsdProjected: usd.describe('US dollars, if the days to come are like the last seven. Null: unknown.'),
  monthCi95: interval,
  budgetUsd: usd.describe('US dollars a month. Null: there is no budget.'),
  models: z.array(modelCosts).describe('The most expensive of the month first.'),
})

/** One cycle told to people, as `incumbent run --json` prints it. */
export const cycleReportSchema = z
  .object({
    cycle: z.uuid(),
    startedAt: time,
    finishedAt: time,
    evaluations: z.array(evaluationReportSchema),
    notes: z.array(z.string()).describe('What was not as planned, in sentences.'),
    costs: cycleCosts.nullable().describe('Null: of an earlier version of the program.'),
    reports: z.array(z.string()).describe('Paths of the files that were written; empty where it is made anew.'),
  })
  .meta({ id: 'CycleReport', title: 'Report of a cycle', description: 'As `incumbent run --json` prints it.' })
