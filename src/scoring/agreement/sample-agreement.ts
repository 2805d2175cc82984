import type { JsonObject, JsonValue } from '../../shared/json.ts'
import { valueAtPath } from '../../tasks/answer-path.ts'
import { numberFrom } from '../../tasks/number-from.ts'
import type { ScorerName } from '../../tasks/scorer-options.ts'
import { targetPointsSchema } from '../../tasks/target-values.ts'
import type { FieldScoring } from '../../tasks/task.ts'
import { comparable } from '../scorers/equal.ts'
import { levelOf } from '../scorers/ordinal.ts'
import { setF1 } from '../scorers/set-f1.ts'
import { textSimilarity } from '../scorers/text-similarity.ts'
import { pointsAgreement } from './points-agreement.ts'

/** What a field holds, as far as it matters for comparing two labels of it. */
export type AgreementKind = 'category' | 'level' | 'number' | 'set' | 'points' | 'text'

/** The kind of a field follows from the scorer that task.yaml gives it. */
export const agreementKinds: { [Name in ScorerName]: AgreementKind } = {
  equal: 'category',
  within: 'number',
  'recall-at': 'set',
  'set-f1': 'set',
  ordinal: 'level',
  'points-covered': 'points',
  'text-similarity': 'text',
}

/** Two labels of one field of one sample. */
export interface SampleAgreement {
  /** A category by its canonical name, a level by its place; of everything else only whether it is "stated". Null: absent. */
  labels: readonly [string | number | null, string | number | null]
  /** How much they agree, 0 to 1. Undefined for a number that only one of them, or neither, states. */
  share: number | undefined
  isSame: boolean
}

/** Compares two targets of one sample in one field; both were checked when they were read. It is symmetric. */
export function sampleAgreement(field: FieldScoring, first: JsonObject, second: JsonObject): SampleAgreement {
  const [one, other] = [labelIn(first, field), labelIn(second, field)]
  if (one === undefined || other === undefined) return withAbsence(field, one, other)
  const share = shareOf(field, one, other)
  return { labels: [labelOf(field, one), labelOf(field, other)], share, isSame: share === 1 }
}

function labelIn(target: JsonObject, { targetPath }: FieldScoring): JsonValue | undefined {
  const found = valueAtPath(target, targetPath)
  return found.status === 'found' ? found.value : undefined
}

function withAbsence(field: FieldScoring, one: JsonValue | undefined, other: JsonValue | undefined): SampleAgreement {
  const isSame = one === undefined && other === undefined
  const labels = [one, other].map((value) => (value === undefined ? null : labelOf(field, value)))
  const share = agreementKinds[field.scorer] === 'number' ? undefined : Number(isSame)
  return { labels: [labels[0] ?? null, labels[1] ?? null], share, isSame }
}

function labelOf(field: FieldScoring, value: JsonValue): string | number {
  if (field.scorer === 'equal') return JSON.stringify(comparable(value, field.options.aliases))
  if (field.scorer === 'ordinal') return levelOf(value, field.options.levels) ?? 'stated'
  return 'stated'
}

function shareOf(field: FieldScoring, one: JsonValue, other: JsonValue): number {
  switch (field.scorer) {
    case 'equal':
    case 'ordinal':
      return Number(labelOf(field, one) === labelOf(field, other))
    case 'within':
      return Number(numberFrom(one) === numberFrom(other))
    case 'recall-at':
    case 'set-f1':
      return setF1(one, other, { aliases: field.options.aliases })
    case 'points-covered':
      return pointsAgreement(targetPointsSchema.parse(one), targetPointsSchema.parse(other))
    case 'text-similarity':
      return textSimilarity(one, other, {})
  }
}
