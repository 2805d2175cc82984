import type { DecisionSettings } from '../analysis/evaluation-records.ts'
import type { RolloutPolicy } from '../config/tier-rollout.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { JsonObject } from '../shared/json.ts'
import type { Creep } from './accuracy-given-away.ts'
import type { References } from './decision-settings-of.ts'
import type { Epoch } from './epoch.ts'
import type { HistoryStart } from './history.ts'
import type { Proposal } from './propose-models.ts'

/** What a verdict rests on beside the outcomes, frozen when its evaluation starts. */
export interface DecisionInputs {
  references: References
  settings: DecisionSettings
  /** Everything whose change makes old and new results incomparable. */
  epoch: Epoch
  history: HistoryStart
  /** Whether challengers that are too unlikely to win are asked no more. */
  racing: boolean
  /** What switches have given away, where that narrows the margin of the settings; null where they have not. */
  creep: Creep | null
  /** Accuracy (0 to 100) below which the incumbent must not fall, as the seat has it; null for none. */
  rollbackThreshold: number | null
  /** A model below this accuracy takes no seat; null for no floor. */
  minimumAccuracy: number | null
  /** How a better model comes to the seat; absent from evaluations of earlier versions of the program. */
  rollout?: { policy: RolloutPolicy; liveRequests: number }
  /** In whose words the targets are true, with the number of samples each. */
  verifiedBy: { words: string; samples: number }[]
  /** What providers have beside the registry's models. */
  proposals: Proposal[]
  /** Cluster of each sample that has one: kept, so that the verdict can be replayed without the files. */
  clusters: Record<string, string>
}

/** The decision's inputs as they are stored with the evaluation. */
export function storedInputs(inputs: DecisionInputs): JsonObject {
  return JSON.parse(JSON.stringify(inputs)) as JsonObject
}

/** The reverse: an evaluation carries what `storedInputs` made. */
export function decisionInputsOf({ decision }: Evaluation): DecisionInputs {
  return decision as unknown as DecisionInputs
}
