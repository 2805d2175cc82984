import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { checkedYaml } from '../shared/yaml-file.ts'

export const hypothesisMeasures = [
  'speed-ratio',
  'latency-ms',
  'accuracy',
  'accuracy-difference',
  'accuracy-ratio',
  'cost-ratio',
  'holds-seat',
] as const
export type HypothesisMeasure = (typeof hypothesisMeasures)[number]

/** A claim about models that an evaluation can check. */
export interface Hypothesis {
  id: string
  tier: number
  claim: string
  measure: HypothesisMeasure
  model: string
  /** The model it is compared with. */
  against?: string | undefined
  atLeast?: number | undefined
  atMost?: number | undefined
}

const hypothesesSchema = z.array(
  z.strictObject({
    id: z.string(),
    tier: z.int().positive(),
    claim: z.string(),
    measure: z.enum(hypothesisMeasures),
    model: z.string(),
    against: z.string().optional(),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
  }),
)

/** The expectations that stand in a dataset's `hypotheses.yaml`; none where there is no such file. */
export function loadHypotheses(datasetFolder: string): Hypothesis[] {
  const path = join(datasetFolder, 'hypotheses.yaml')
  return existsSync(path) ? checkedYaml(path, hypothesesSchema) : []
}
