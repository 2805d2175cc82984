import { defaultSettings } from '../analysis/decision-settings.ts'
import type { DecisionSettings } from '../analysis/evaluation-records.ts'
import type { TierConfig } from '../config/tier-config.ts'
import type { FrozenReference } from '../database/reference-queries.ts'

/** What speed and cost are scored against, until a tier's own targets or its incumbent say better. */
export const provisionalReferences = { latencyMs: 2_000, costUsd: 0.004 }

/** Without a limit of its own a tier refuses models slower than this many times its reference for speed. */
const patience = 4

export interface References {
  latencyMs: number
  costUsd: number
  /** Which of the two are neither the tier's own target nor frozen. */
  provisional: Measure[]
}

export type Measure = 'latencyMs' | 'costUsd'

/**
 * The tier's own targets; else what its incumbent's first baseline has set; else what is provisional until then.
 * @param frozen of the tier, at most one of each measure
 */
export function referencesOf({ targets }: TierConfig, frozen: readonly Frozen[] = []): References {
  const known = (measure: Measure) => targets[measure] ?? frozen.find((one) => one.measure === measure)?.value
  return {
    latencyMs: known('latencyMs') ?? provisionalReferences.latencyMs,
    costUsd: known('costUsd') ?? provisionalReferences.costUsd,
    provisional: (['latencyMs', 'costUsd'] as const).filter((measure) => known(measure) === undefined),
  }
}

type Frozen = Pick<FrozenReference, 'measure' | 'value'>

/** The settings of decisions.md section 6 as the tier's owner wants them. */
export function decisionSettingsOf(tier: TierConfig, references: References): DecisionSettings {
  const { p95Ms = patience * references.latencyMs } = tier.targets
  return {
    ...defaultSettings,
    ...definedOnly(tier.settings),
    weights: { ...tier.weights },
    formula: tier.formula ?? null,
    sloP95Ms: p95Ms === 'none' ? null : p95Ms,
  }
}

function definedOnly(settings: TierConfig['settings']): Partial<DecisionSettings> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}
