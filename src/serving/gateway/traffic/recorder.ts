import type { Generated } from '../../../providers/provider.ts'
import { answersDiffer } from '../../../rollout/live/answers-differ.ts'
import type { Attempt, AttemptEnd, Finished } from './attempt.ts'
import { observationOf } from './observation-of.ts'
import type { Recorded } from './recorded.ts'
import { createSchemaChecks, type SchemaChecks } from './schema-checks.ts'
import type { CopyFinished } from './shadow-copies.ts'

/** Makes observations of attempts after their answers are on their way. */
export interface Recorder {
  finished: Finished
  copyFinished: CopyFinished
  /** Records what has finished up to now. */
  drain(): void
}

interface RecorderOptions {
  record: (recorded: Recorded) => void
  /** @returns whether a copy goes to the challenger of the shadow */
  copy: (attempt: Attempt, answer: Generated | undefined) => boolean
  /** Told of every attempt after it was recorded. */
  recorded: (attempt: Attempt, end: AttemptEnd) => void
  note: (sentence: string) => void
}

export function createRecorder({ record, copy, recorded, note }: RecorderOptions): Recorder {
  const schemas = createSchemaChecks()
  let waiting: [Attempt, AttemptEnd][] = []

  function drain(): void {
    const now = waiting
    waiting = []
    for (const [attempt, end] of now) safely(() => take(attempt, end))
  }

  /** A request that cannot be recorded is one that is not counted, and nothing worse. */
  function safely(act: () => void): void {
    try {
      act()
    } catch (error) {
      note(`An attempt could not be recorded: ${(error as Error).message}`)
    }
  }

  function take(attempt: Attempt, end: AttemptEnd): void {
    const { route } = attempt.plan
    const observation = observationOf(attempt, end, schemas)
    if (attempt.plan.stage === 'shadow' && !isCopied(attempt, end)) {
      observation.rolloutId = undefined
      observation.countsEpoch = undefined
    }
    record({ observation, route })
    recorded(attempt, end)
  }

  function isCopied(attempt: Attempt, end: AttemptEnd): boolean {
    if (attempt.planned.arm !== 'incumbent' || end.outcome === 'cancelled') return false
    return copy(attempt, end.outcome === 'answered' ? end.generated : undefined)
  }

  return {
    finished(attempt, end) {
      // When the answer has been written: the application does not wait for what is only kept.
      if (waiting.push([attempt, end]) === 1) setImmediate(drain)
    },
    copyFinished(attempt, end, answer) {
      safely(() => {
        const observation = observationOf(attempt, end, schemas)
        observation.disagrees = disagrees(attempt, end, answer, schemas)
        record({ observation, route: attempt.plan.route })
        recorded(attempt, end)
      })
    },
    drain,
  }
}

/** Undefined where an answer is missing, is no JSON, or has nothing that can be compared. */
function disagrees(
  { request }: Attempt,
  end: AttemptEnd,
  answer: Generated | undefined,
  schemas: SchemaChecks,
): boolean | undefined {
  const { answerSchema } = request.question
  if (answerSchema === undefined || answer === undefined || end.outcome !== 'answered') return undefined
  const one = schemas.check(answerSchema, answer.text).value
  const other = schemas.check(answerSchema, end.generated.text).value
  return one === undefined || other === undefined ? undefined : answersDiffer(answerSchema, one, other)
}
