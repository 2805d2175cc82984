import type { Kysely } from 'kysely'
import type { Config } from '../config/config.ts'
import { listModels } from '../database/model-queries.ts'
import { seedAssignment } from '../database/seed-assignments.ts'
import type { Tables } from '../database/tables.ts'
import { didYouMean } from '../shared/nearest-word.ts'
import { UserError } from '../shared/user-error.ts'

/**
 * Gives each tier the first model that the configuration names, as long as the configuration may decide that.
 * @throws UserError for a model that the registry does not have
 */
export async function seatInitialModels(db: Kysely<Tables>, config: Config, now: Date): Promise<void> {
  const known = (await listModels(db)).map(({ name }) => name)
  for (const { id, initial } of config.tiers) {
    if (initial !== undefined && !known.includes(initial)) {
      throw new UserError(
        `tiers.${id}.initial: expected a model of the registry, got "${initial}"${didYouMean(initial, known)}. Name it under models in incumbent.yaml, with its provider, or write initial: none.`,
      )
    }
    await seedAssignment(db, id, initial, now)
  }
}
