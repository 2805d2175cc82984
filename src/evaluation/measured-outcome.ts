import type { Failed, Outcome, Scored } from './outcome.ts'

/**
 * What is judged of an outcome. Texts and answers are left out: they are stored, and those of a long evaluation would
 * fill the memory.
 */
export type MeasuredOutcome = Pick<
  Outcome,
  'model' | 'sampleKey' | 'repeat' | 'latencyMs' | 'waitedMs' | 'attempts' | 'usage' | 'costUsd'
> &
  (Pick<Scored, 'status' | 'accuracy' | 'completeness'> | Failed)
