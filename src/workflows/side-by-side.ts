import type { Outcome, Scored } from '../evaluation/outcome.ts'
import type { FieldScore } from '../scoring/score.ts'
import { canonicalJson, type JsonObject, type JsonValue } from '../shared/json.ts'
import { valueAtPath } from '../tasks/answer-path.ts'

/** How one model answered a sample: one of its answers, and how it did over all repeats. */
export interface ShownAnswer {
  model: string
  /** Mean over the repeats, 0 to 100; failures count 0. Null when it was not asked in this evaluation. */
  accuracy: number | null
  asked: number
  failed: number
  /** 1-based; the answer whose score is nearest to the mean. Null when there is none. */
  repeat: number | null
  answer: JsonObject | null
  /** Of a call that failed, where no answer can be shown. */
  failure: { kind: string; message: string } | null
}

/** One field, as the target has it and as both answered it. */
export interface ComparedField {
  path: string
  scorer: string
  weight: number
  target: JsonValue | null
  held: FieldAnswer
  challenger: FieldAnswer
  /** Whether the two answered differently, or scored differently. */
  differs: boolean
}

export interface FieldAnswer {
  value: JsonValue | null
  /** 0 to 1; null when the field does not count for this sample, or there is no answer. */
  score: number | null
}

interface Chosen extends ShownAnswer {
  fields: readonly FieldScore[]
}

/**
 * Two models' answers to one sample beside the target, the fields that decided it first.
 * @param outcomes of one evaluation
 * @param targetPathOf where the target has a field, which need not be where the answer has it
 */
export function sideBySide(
  sample: string,
  [held, challenger]: readonly [string, string],
  outcomes: readonly Outcome[],
  target: JsonObject | undefined,
  targetPathOf: (path: string) => string,
): { held: ShownAnswer; challenger: ShownAnswer; fields: ComparedField[] } {
  const own = outcomes.filter(({ sampleKey }) => sampleKey === sample)
  const [one, other] = [chosenAnswer(held, own), chosenAnswer(challenger, own)]
  const scored = one.fields.length > 0 ? one.fields : other.fields
  const fields = scored.map(({ path, scorer, weight }): ComparedField => {
    const [before, after] = [fieldAnswer(one, path), fieldAnswer(other, path)]
    return {
      path,
      scorer,
      weight,
      target: target === undefined ? null : found(target, targetPathOf(path)),
      held: before,
      challenger: after,
      differs: before.score !== after.score || canonicalJson(before.value) !== canonicalJson(after.value),
    }
  })
  return { held: shown(one), challenger: shown(other), fields: fields.toSorted(mostDecidingFirst) }
}

function chosenAnswer(model: string, outcomes: readonly Outcome[]): Chosen {
  const own = outcomes.filter((outcome) => outcome.model === model).toSorted((a, b) => a.repeat - b.repeat)
  const accuracies = own.map((outcome) => (outcome.status === 'scored' ? outcome.accuracy : 0))
  const accuracy = own.length === 0 ? null : accuracies.reduce((sum, each) => sum + each, 0) / own.length
  const head = { model, accuracy, asked: own.length, failed: own.filter(({ status }) => status === 'failed').length }
  const answered = own.filter((outcome): outcome is Outcome & Scored => outcome.status === 'scored')
  const [nearest] = answered.toSorted((a, b) => distance(a, accuracy) - distance(b, accuracy))
  if (nearest !== undefined) {
    const { repeat, answer, fields } = nearest
    return { ...head, repeat: repeat + 1, answer, failure: null, fields }
  }
  const [first] = own
  const failure = first?.status === 'failed' ? first.failure : null
  return { ...head, repeat: null, answer: null, failure, fields: [] }
}

function distance({ accuracy }: Scored, mean: number | null): number {
  return Math.abs(accuracy - (mean ?? 0))
}

function shown({ fields: _fields, ...answer }: Chosen): ShownAnswer {
  return answer
}

function fieldAnswer({ answer, fields }: Chosen, path: string): FieldAnswer {
  return {
    value: answer === null ? null : found(answer, path),
    score: fields.find((field) => field.path === path)?.score ?? null,
  }
}

function found(value: JsonObject, path: string): JsonValue | null {
  const result = valueAtPath(value, path)
  return result.status === 'found' ? result.value : null
}

function mostDecidingFirst(one: ComparedField, other: ComparedField): number {
  return decided(other) - decided(one) || Number(other.differs) - Number(one.differs) || other.weight - one.weight
}

/** Points by which the field told the two apart, where each weight is of 100. */
function decided({ weight, held, challenger }: ComparedField): number {
  return weight * Math.abs((challenger.score ?? 0) - (held.score ?? 0))
}
