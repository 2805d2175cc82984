import type { CycleRequest } from '../../src/workflows/cycle-request.ts'

/** `incumbent run` without an option. */
export const wholeRequest: CycleRequest = {
  tiers: undefined,
  models: undefined,
  dataset: undefined,
  limit: undefined,
  repeats: undefined,
  concurrency: undefined,
  racing: true,
  apply: true,
  testName: undefined,
}
