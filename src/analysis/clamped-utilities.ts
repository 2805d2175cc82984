import { type Call, callsByModel, callsOf } from './calls.ts'
import { settingsOf } from './decision-settings.ts'
import type { EvaluationRecords } from './evaluation-records.ts'

type ClampedFlag = 'speed_clamped' | 'cost_clamped'

const tolerated = 0.2

/**
 * The models for which a reference is out of reach: more than a fifth of the known utilities of their answered calls are
 * exactly 0 or 100, so that differences there do not count (decisions.md sections 6.1 and 6.5).
 * @returns an entry only for models with a flag
 */
export function clampedUtilities(records: EvaluationRecords): Record<string, ClampedFlag[]> {
  const models = [...callsByModel(callsOf(records, settingsOf(records)))]
  return Object.fromEntries(
    models.map(([model, calls]) => [model, flagsOf(calls)] as const).filter(([, { length }]) => length > 0),
  )
}

function flagsOf(calls: readonly Call[]): ClampedFlag[] {
  const answered = calls.filter(({ failed }) => !failed)
  const flags: ClampedFlag[] = []
  if (isClamped(answered.map(({ speed }) => speed))) flags.push('speed_clamped')
  if (isClamped(answered.map(({ cost }) => cost))) flags.push('cost_clamped')
  return flags
}

function isClamped(utilities: readonly (number | null)[]): boolean {
  const known = utilities.filter((utility) => utility !== null)
  return known.filter((utility) => utility === 0 || utility === 100).length > tolerated * known.length
}
