import { type Kysely, type Selectable, sql } from 'kysely'
import type { JsonObject } from '../shared/json.ts'
import { toJsonText } from './json-text.ts'
import type { Tables } from './tables.ts'

/** A verdict with all that it was made from. `O` is what its parts are given as: any plain data. */
export interface StoredRecommendation<O extends object = JsonObject> {
  id: string
  evaluationId: string
  tier: number
  decision: string
  incumbent: string | undefined
  target: string | undefined
  /** 0 to 1; undefined where none can be given. */
  confidence: number | undefined
  reasoning: string
  /** True: it counts as one of the looks of its challengers. */
  consumedLook: boolean
  /** Records and settings: what `analyse` and `recommend` were given. */
  input: O
  analysis: O
  recommendation: O
  decidedAt: Date
}

/** As it is read: with what followed from it by itself, in sentences. */
export type RecommendationWithSequel = StoredRecommendation & { followed: string[] }

/** Stores the verdict on an evaluation. An evaluation has one: a second is refused as `exists`. */
export async function insertRecommendation(
  db: Kysely<Tables>,
  verdict: StoredRecommendation<object>,
): Promise<'inserted' | 'exists'> {
  const inserted = await db
    .insertInto('recommendations')
    .values({
      id: verdict.id,
      evaluation_id: verdict.evaluationId,
      tier: verdict.tier,
      decision: verdict.decision,
      incumbent: verdict.incumbent ?? null,
      target: verdict.target ?? null,
      confidence: verdict.confidence ?? null,
      reasoning: verdict.reasoning,
      consumed_look: verdict.consumedLook,
      input: toJsonText(verdict.input),
      analysis: toJsonText(verdict.analysis),
      recommendation: toJsonText(verdict.recommendation),
      decided_at: verdict.decidedAt,
    })
    .onConflict((conflict) => conflict.column('evaluation_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted === undefined ? 'exists' : 'inserted'
}

/** Adds to what has followed from the verdict on an evaluation. */
export async function addFollowed(
  db: Kysely<Tables>,
  evaluationId: string,
  sentences: readonly string[],
): Promise<void> {
  if (sentences.length === 0) return
  await db
    .updateTable('recommendations')
    .set({ followed: sql`followed || ${toJsonText(sentences)}::jsonb` })
    .where('evaluation_id', '=', evaluationId)
    .execute()
}

export async function loadRecommendation(
  db: Kysely<Tables>,
  evaluationId: string,
): Promise<RecommendationWithSequel | undefined> {
  const row = await db
    .selectFrom('recommendations')
    .selectAll()
    .where('evaluation_id', '=', evaluationId)
    .executeTakeFirst()
  return row === undefined
    ? undefined
    : { ...toVerdict(row), input: row.input, analysis: row.analysis, followed: row.followed }
}

/** A verdict without what it was made from, which is large. */
export type Verdict = Omit<StoredRecommendation, 'input' | 'analysis'>

/** The newest verdict on each tier that has one, in the order of the tiers; not of what only confirms another. */
export async function latestVerdicts(db: Kysely<Tables>): Promise<Verdict[]> {
  const rows = await db
    .selectFrom('recommendations')
    .distinctOn('tier')
    .select(verdictColumns)
    .where('evaluation_id', 'not in', (query) =>
      query.selectFrom('evaluations').select('id').where('confirms', 'is not', null),
    )
    .orderBy('tier')
    .orderBy('decided_at', 'desc')
    .execute()
  return rows.map(toVerdict)
}

const verdictColumns = [
  'id',
  'evaluation_id',
  'tier',
  'decision',
  'incumbent',
  'target',
  'confidence',
  'reasoning',
  'consumed_look',
  'recommendation',
  'decided_at',
] as const

type VerdictRow = Pick<Selectable<Tables['recommendations']>, (typeof verdictColumns)[number]>

function toVerdict(row: VerdictRow): Verdict {
  return {
    id: row.id,
    evaluationId: row.evaluation_id,
    tier: row.tier,
    decision: row.decision,
    incumbent: row.incumbent ?? undefined,
    target: row.target ?? undefined,
    confidence: row.confidence ?? undefined,
    reasoning: row.reasoning,
    consumedLook: row.consumed_look,
    recommendation: row.recommendation,
    decidedAt: row.decided_at,
  }
}
