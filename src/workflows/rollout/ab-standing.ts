import { listRollouts } from '../../database/rollout-queries.ts'
import { loadTallies } from '../../database/tally-queries.ts'
import { type AbComparison, abResult } from '../../rollout/live/ab-result.ts'
import type { Rollout } from '../../rollout/rollout.ts'
import { stateSentence } from '../../rollout/state-sentence.ts'
import type { Workspace } from '../workspace.ts'

/** How an A/B test stands; it may be looked at whenever one likes. Times are ISO 8601. */
export interface AbStanding {
  tier: number
  rollout: string
  stage: Rollout['state']['stage']
  incumbent: string
  challenger: string
  /** Of the requests, to the challenger. */
  share: number
  since: string
  sentence: string
  comparisons: AbComparison[]
}

/** The newest test of each of these tiers that had one, ended or not. */
export async function newestAbTests(workspace: Workspace, tiers: readonly number[]): Promise<AbStanding[]> {
  const standings: AbStanding[] = []
  for (const tier of tiers) {
    const rollouts = await listRollouts(workspace.database.db, { tier, limit: 100 })
    const test = rollouts.find(({ kind }) => kind === 'ab')
    if (test !== undefined) standings.push(await standingOf(workspace, test))
  }
  return standings
}

async function standingOf({ database: { db } }: Workspace, test: Rollout): Promise<AbStanding> {
  const share = test.settings.steps[0] ?? 0.5
  return {
    tier: test.tier,
    rollout: test.id,
    stage: test.state.stage,
    incumbent: test.incumbent,
    challenger: test.challenger,
    share,
    since: test.createdAt.toISOString(),
    sentence: stateSentence(test),
    comparisons: abResult(await loadTallies(db, test.id, test.countsEpoch), share),
  }
}
