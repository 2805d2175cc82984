import { defaultSettings } from '../analysis/decision-settings.ts'
import type { DecisionSettings } from '../analysis/evaluation-records.ts'
import type { TierConfig } from '../config/tier-config.ts'

/** What speed and cost are scored against, until a tier's own targets or its incumbent say better. */
export const provisionalReferences = { latencyMs: 2_000, costUsd: 0.004 }

/** Without a limit of its own a tier refuses models slower than this many times its reference for speed. */
const patience = 4

export interface References {
  latencyMs: number
  costUsd: number
  /** Which of the two are not the tier's own target. */
  provisional: ('latencyMs' | 'costUsd')[]
}

export function referencesOf({ targets }: TierConfig): References {
  const { latencyMs, costUsd } = targets
  return {
    latencyMs: latencyMs ?? provisionalReferences.latencyMs,
    costUsd: costUsd ?? provisionalReferences.costUsd,
    provisional: [
      ...(latencyMs === undefined ? ['latencyMs' as const] : []),
      ...(costUsd === undefined ? ['costUsd' as const] : []),
    ],
  }
}

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
