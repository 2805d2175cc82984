import type { Analysis, ModelAnalysis } from '../../analysis/analysis.ts'
import { defaultSettings } from '../../analysis/decision-settings.ts'
import type { DecisionSettings } from '../../analysis/evaluation-records.ts'
import type { BaselineCheck } from '../beats-baselines.ts'
import type { ChallengerLock } from '../challenger-lock.ts'
import type { RacingVerdict } from '../race.ts'
import type { Recommendation } from '../recommendation.ts'

/** Everything that the reasoning of a verdict is told from. */
export interface Explained {
  tier: { id: number; name: string }
  /** Of all models, baselines included. */
  analysis: Analysis
  recommendation: Recommendation
  /** Where they differ from the defaults. */
  settings?: Partial<DecisionSettings> | undefined
  /** `job-analysis@v1` */
  dataset?: string | undefined
  /** How many samples were to be asked, and how often each. */
  samples: number
  repeats: number
  /** Names of the models that are the floor and no candidates. */
  baselines: readonly string[]
  /** Of the target of an initial assignment; `not-shown` refuses it. */
  baselineCheck?: BaselineCheck | undefined
  /** Why the target of a switch or an initial assignment may not take the seat, in words that follow a "but". */
  refusal?: string | undefined
  /** Models that should have been compared and were not. */
  skipped: readonly { model: string; reason: string; remedy: string | undefined }[]
  weeksSinceSwitch?: number | null | undefined
  /** What switches have given away since a person last approved the accuracy: the margin of the settings is narrowed. */
  creep?: { givenAway: number; margin: number; usual: number } | undefined
  /** Earlier evaluations whose records the verdict rests on, too. */
  pooled?: number | undefined
  /** What makes results before this evaluation incomparable, in words. */
  epochChanges?: readonly string[] | undefined
  /** A fresh re-test has confirmed that the incumbent has become worse: it is to give the seat back. */
  degraded?: boolean | undefined
  /** Challengers that racing ended early: they were not judged. */
  dropped?: readonly (Omit<Extract<RacingVerdict, { status: 'drop' }>, 'status'> & {
    model: string
    /** Calls made, of those planned. */
    asked: number
    planned: number
  })[]
  /** Challengers that are not compared any more, with the samples that they are asked for their trend. */
  locked?: readonly {
    model: string
    reason: Extract<ChallengerLock, { status: 'locked' }>['reason']
    samples: number
  }[]
  /** False when nothing follows from the verdict (`--no-apply`, `--limit`). Default true. */
  applies?: boolean | undefined
  /** How a challenger moves towards the seat; absent while nothing moves traffic by itself. */
  rollout?: 'auto' | 'approve' | 'recommend-only' | undefined
  /** False where the tier has too few live requests to try a challenger on. Default true. */
  hasLiveTraffic?: boolean | undefined
}

/** What is explained, with all settings. */
export interface Story extends Explained {
  settings: DecisionSettings
}

export function storyOf(explained: Explained): Story {
  return { ...explained, settings: { ...defaultSettings, ...explained.settings } }
}

/** `Tier 1 (core)` */
export function tierWords({ tier }: Story): string {
  return `Tier ${tier.id} (${tier.name})`
}

/** What holds now, whatever was decided. */
export function seatWords({ recommendation: { incumbent }, degraded = false }: Story): string {
  if (incumbent === null) return 'the seat stays vacant'
  return degraded
    ? `${incumbent} has become worse, and the model before it takes the seat back if it may`
    : `${incumbent} keeps the seat`
}

/** Of a model that was compared, so that there is an analysis of it. */
export function metricsOf({ analysis }: Story, model: string | null): ModelAnalysis {
  const metrics = analysis.models[model ?? '']
  if (metrics === undefined) throw new Error(`The analysis does not contain ${model}, which was compared.`)
  return metrics
}

/** The best model for a vacant seat may not have it: most often because it is not shown to be above the best baseline. */
export function isRefused({ recommendation, baselineCheck, refusal }: Story): boolean {
  return (
    recommendation.decision === 'initial_assignment' && (refusal !== undefined || baselineCheck?.status === 'not-shown')
  )
}
