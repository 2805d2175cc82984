import type { Kysely } from 'kysely'
import { listAssignments } from '../../database/assignment-queries.ts'
import type { Tables } from '../../database/tables.ts'
import { type CastModel, castModels, castTiers } from './cast.ts'
import { demoRepeats } from './demo-config.ts'
import { type StoryEvents, storyEvents } from './story-events.ts'
import type { StoryWeek } from './story-week.ts'

/** All of the demo as one document; the same for the same seed. */
export interface Story {
  simulated: true
  about: string
  seed: number
  /** Of the golden dataset, each asked so many times. */
  samples: number
  repeats: number
  liveRequests: number
  /** What is stated of the simulated models. */
  models: readonly CastModel[]
  weeks: StoryWeek[]
  events: StoryEvents
  /** Who holds the seats in the end. */
  tiers: { tier: number; name: string; model: string | null }[]
}

export const aboutDemo =
  'Simulated: the models are invented and draw their answers from an answer book; all else is real.'

export async function storyOf(
  db: Kysely<Tables>,
  played: { seed: number; samples: number; liveRequests: number; weeks: StoryWeek[] },
): Promise<Story> {
  const seats = new Map((await listAssignments(db)).map(({ tier, model }) => [tier, model]))
  const { seed, samples, liveRequests, weeks } = played
  return {
    simulated: true,
    about: aboutDemo,
    seed,
    samples,
    repeats: demoRepeats,
    liveRequests,
    models: castModels,
    weeks,
    events: await storyEvents(db),
    tiers: castTiers.map(({ id, name }) => ({ tier: id, name, model: seats.get(id) ?? null })),
  }
}
