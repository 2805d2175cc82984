import type { Kysely } from 'kysely'
import { answeringVersions } from '../../database/history-queries.ts'
import type { Tables } from '../../database/tables.ts'
import type { Evaluation } from '../../evaluation/evaluation.ts'
import { contentHash } from '../../shared/json.ts'
import { decisionInputsOf } from '../decision-inputs.ts'

/** What a verdict on two models is about: everything whose change makes it one about something else, as a hash. */
export async function epochOfPair(
  db: Kysely<Tables>,
  evaluation: Evaluation,
  pair: readonly [string, string],
): Promise<string> {
  const { shared, models } = decisionInputsOf(evaluation).epoch
  const versions = (await answeringVersions(db, [evaluation.id])).get(evaluation.id)
  const both = pair.map((name) => [name, models[name] ?? null, versions?.get(name) ?? []])
  return contentHash([shared, ...both])
}
