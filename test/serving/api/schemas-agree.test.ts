import { expectTypeOf, test } from 'vitest'
import type * as z from 'zod'
import type { Comparison, Recommendation } from '../../../src/recommendation/recommendation.ts'
import type { CycleReport, EvaluationReport } from '../../../src/reporting/cycle-report.ts'
import type { ExportedOutcome } from '../../../src/reporting/exported-outcome.ts'
import type { cycleReportSchema } from '../../../src/serving/api/schemas/cycle-report-schema.ts'
import type { evaluationPageSchema } from '../../../src/serving/api/schemas/evaluation-page-schema.ts'
import type { evaluationReportSchema } from '../../../src/serving/api/schemas/evaluation-report-schema.ts'
import type { outcomeSchema } from '../../../src/serving/api/schemas/outcome-schema.ts'
import type { overviewSchema } from '../../../src/serving/api/schemas/overview-schema.ts'
import type { progressSchema } from '../../../src/serving/api/schemas/progress-schema.ts'
import type { comparisonSchema, recommendationSchema } from '../../../src/serving/api/schemas/recommendation-schema.ts'
import type { saidSchema } from '../../../src/serving/api/schemas/rollout-schema.ts'
import type { comparedSampleSchema, samplesSchema } from '../../../src/serving/api/schemas/sample-schemas.ts'
import type { seatSchema } from '../../../src/serving/api/schemas/seat-schema.ts'
import type { tierSchema } from '../../../src/serving/api/schemas/tier-schema.ts'
import type { JsonObject, JsonValue } from '../../../src/shared/json.ts'
import type { EvaluationPage } from '../../../src/workflows/pages/evaluation.ts'
import type { OverviewPage } from '../../../src/workflows/pages/overview.ts'
import type { Progress } from '../../../src/workflows/pages/progress.ts'
import type { SamplePage, SamplesPage } from '../../../src/workflows/pages/samples.ts'
import type { SeatPicture } from '../../../src/workflows/pages/seat-picture.ts'
import type { TierPage } from '../../../src/workflows/pages/tier.ts'
import type { Said } from '../../../src/workflows/rollout/act-on-tier.ts'

/** A value as JSON brings it: what may be undefined may be absent. A comparison is told apart by its state alone. */
type Sent<T> = [JsonValue] extends [T]
  ? T
  : T extends Comparison
    ? z.output<typeof comparisonSchema>
    : T extends JsonObject
      ? [JsonObject] extends [T]
        ? T
        : SentObject<T>
      : T extends readonly unknown[]
        ? { -readonly [Index in keyof T]: Sent<T[Index]> }
        : T extends object
          ? SentObject<T>
          : T
type SentObject<T> = Flat<
  { -readonly [Key in keyof T as undefined extends T[Key] ? never : Key]: Sent<T[Key]> } & {
    -readonly [Key in keyof T as undefined extends T[Key] ? Key : never]?: Sent<T[Key]> | undefined
  }
>
type Flat<T> = { [Key in keyof T]: T[Key] }

type Described<S extends z.ZodType> = z.output<S>

// The types are compared when they are checked; nothing is left to do when it runs.
test('what is described is what the program answers, field by field', () => {
  expectTypeOf<Described<typeof evaluationReportSchema>>().toEqualTypeOf<Sent<EvaluationReport>>()
  expectTypeOf<Described<typeof cycleReportSchema>>().toEqualTypeOf<Sent<CycleReport>>()
  expectTypeOf<Described<typeof recommendationSchema>>().toEqualTypeOf<Sent<Recommendation>>()
  expectTypeOf<Described<typeof evaluationPageSchema>>().toEqualTypeOf<Sent<EvaluationPage>>()
  expectTypeOf<Described<typeof progressSchema>>().toEqualTypeOf<Sent<Progress>>()
  expectTypeOf<Described<typeof samplesSchema>>().toEqualTypeOf<Sent<SamplesPage>>()
  expectTypeOf<Described<typeof comparedSampleSchema>>().toEqualTypeOf<Sent<SamplePage>>()
  expectTypeOf<Described<typeof saidSchema>>().toEqualTypeOf<Sent<Said>>()
  expectTypeOf<Omit<Described<typeof seatSchema>, 'differences'>>().toEqualTypeOf<
    Omit<Sent<SeatPicture>, 'differences'>
  >()
  expectTypeOf<Omit<Described<typeof tierSchema>, 'seat'>>().toEqualTypeOf<Omit<Sent<TierPage>, 'seat'>>()
  expectTypeOf<Omit<Described<typeof overviewSchema>, 'seats' | 'next'>>().toEqualTypeOf<
    Omit<Sent<OverviewPage>, 'seats'>
  >()
  expectTypeOf<Omit<Described<typeof outcomeSchema>, 'metadata'>>().toEqualTypeOf<
    Omit<Sent<ExportedOutcome>, 'metadata'>
  >()
})

test('a comparison may be any that is described, with no field that is not', () => {
  expectTypeOf<Comparison>().toExtend<Described<typeof comparisonSchema>>()
  expectTypeOf<KeysOf<Described<typeof comparisonSchema>>>().toEqualTypeOf<KeysOf<Comparison>>()
})

type KeysOf<T> = T extends unknown ? keyof T : never
