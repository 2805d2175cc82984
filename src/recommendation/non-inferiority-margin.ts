import type { DecisionSettings } from '../analysis/evaluation-records.ts'

/** Accuracy points by which a model may be worse and still count as not worse: less, the more clusters can show it. */
export function nonInferiorityMargin(settings: DecisionSettings, clusters: number): number {
  if (settings.niMargin !== null) return settings.niMargin
  if (clusters < 200) return 5
  return clusters < 400 ? 4 : 3
}
