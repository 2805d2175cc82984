import { z } from 'zod'
import { formulaText } from '../shared/formula-text.ts'
import type { DecisionSettings, EvaluationRecord, EvaluationRecords } from './evaluation-records.ts'

const name = z.string().min(1)
const positive = z.number().gt(0)
const count = z.number().int().min(0)
const atLeastOne = z.number().int().min(1)
const share = z.number().min(0).max(1)
/** Strictly between 0 and 1: the quantile of 0 or 1 is infinite. */
const level = z.number().gt(0).lt(1)
const span = z.number().gt(1)

const weights = z
  .strictObject({ accuracy: positive, speed: share, cost: share })
  .refine(({ accuracy, speed, cost }) => Math.abs(accuracy + speed + cost - 1) <= 1e-9, {
    params: { expected: 'weights that add up to 1' },
  })

const settings = z
  .strictObject({
    weights,
    formula: formulaText.nullable(),
    spanSpeed: span,
    spanCost: span,
    confidence: level,
    alphaTotal: level,
    maxLooks: atLeastOne,
    minDelta: z.number(),
    niMargin: positive.nullable(),
    niLevel: level,
    minItemsAdvisory: count,
    minItemsSwitch: count,
    minCoverage: share,
    failCap: share,
    failDelta: share,
    failLevel: level,
    cooldownWeeks: z.number().min(0),
    invalidRunFailRate: share,
    futility: share,
    futilityMinItems: count,
    sloP95Ms: positive.nullable(),
    bootstrap: count,
    seed: count,
    tieTol: z.number().min(0),
    tau: positive,
  } satisfies Record<keyof DecisionSettings, z.ZodType>)
  .partial()

const record = z.object({
  item: name,
  model: name,
  repeat: count,
  ok: z.boolean(),
  accuracy: z.number().min(0).max(100).nullish(),
  latencyMs: z.number().nullish(),
  costUsd: z.number().nullish(),
  cluster: z.string().nullish(),
  week: z.union([z.number(), name]).nullish(),
} satisfies Record<keyof EvaluationRecord, z.ZodType>)

/**
 * The format of the records as a file has it. Keys that it does not know are ignored, except among the settings, where a
 * misspelt one would be a threshold that is silently not applied.
 */
export const evaluationRecordsSchema = z.object({
  tier: z.union([z.string(), z.number()]).nullish(),
  incumbent: name.nullish(),
  refs: z.object({ latencyMs: positive, costUsd: positive }),
  looks: z.record(z.string(), count).nullish(),
  weeksSinceSwitch: z.number().min(0).nullish(),
  items: z.array(name).nullish(),
  challengers: count.nullish(),
  config: settings.nullish(),
  records: z.array(record),
} satisfies Record<keyof EvaluationRecords, z.ZodType>)
