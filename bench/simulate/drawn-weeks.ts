import type { EvaluationRecord } from '../../src/analysis/evaluation-records.ts'
import type { Random } from './random.ts'
import { drawRun, type SimulatedModel } from './simulated-model.ts'

/** Model → its records of one week. */
export type Week = ReadonlyMap<string, readonly EvaluationRecord[]>

/** What every model answers each week; weeks are drawn when they are first asked for, so that all rules see the same. */
export interface DrawnWeeks {
  /** 1-based. */
  week(number: number): Week
}

export function drawnWeeks(models: readonly SimulatedModel[], random: Random): DrawnWeeks {
  const drawn: Week[] = []
  return {
    week: (number) => {
      while (drawn.length < number) {
        drawn.push(new Map(models.map((model) => [model.name, drawRun(model, drawn.length + 1, random)])))
      }
      return drawn[number - 1] ?? new Map()
    },
  }
}
