/** What a person may ask of a cycle; undefined takes the tier's own setting. */
export interface CycleRequest {
  tiers: readonly number[] | undefined
  models: readonly string[] | undefined
  /** Version (`v1`) or dataset and version (`job-analysis@v1`). */
  dataset: string | undefined
  limit: number | undefined
  repeats: number | undefined
  concurrency: number | undefined
  /** False asks every challenger everything. */
  racing: boolean
  apply: boolean
  testName: string | undefined
}

/** All of it, as `incumbent run` asks without an option, and as the schedule asks. */
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
