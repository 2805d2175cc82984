import { randomUUID } from 'node:crypto'
import { recentRequests } from '../../database/observation-queries.ts'
import { insertRollout } from '../../database/rollout-queries.ts'
import { baselineOf } from '../../rollout/live/slow-limit.ts'
import { openAbTest } from '../../rollout/open-rollout.ts'
import { stateSentence } from '../../rollout/state-sentence.ts'
import { WorkFailed } from '../../shared/work-failed.ts'
import type { Workspace } from '../workspace.ts'
import { acceptedLatency } from './accepted-latency.ts'
import { actOnTier, type Person, type Said } from './act-on-tier.ts'
import { refuseUnfit } from './fit-model.ts'
import { carried } from './judge-rollout.ts'

/**
 * Sends a share of the requests of a tier to another model until a person ends it, its guards do, or its time is over. It
 * never takes the seat.
 * @param share above 0, at most 0.5
 * @throws UserError for a model that may not serve requests
 * @throws WorkFailed when something is on its way already, or the seat is pinned or vacant
 */
export async function startAbTest(
  workspace: Workspace,
  tier: number,
  { model, share, by, reason }: Person & { model: string; share: number },
): Promise<Said> {
  const { config } = workspace
  return actOnTier(workspace, tier, by, async (trx, { seat, open, pin }, now) => {
    const settings = config.tiers.find(({ id }) => id === tier)?.rollout
    const incumbent = seat?.model
    if (settings === undefined || incumbent === undefined) {
      throw new WorkFailed(
        `Tier ${tier} is vacant: there is nobody to test ${model} against. npx incumbent assign ${tier} <model>`,
      )
    }
    await refuseUnfit(trx, model, incumbent)
    const pair = { tier, incumbent, challenger: model }
    const recent = await recentRequests(trx, { tier, model: incumbent, limit: settings.guards.mostRequests })
    const baseline = baselineOf(recent, await acceptedLatency(trx, config, { ...pair, evaluationId: undefined }))
    const others = open === undefined ? [] : [open]
    const opened = openAbTest({ ...pair, id: randomUUID(), settings, baseline, pin, others }, { share, by }, now)
    if (opened.status === 'refused') throw new WorkFailed(opened.reason)
    const { rollout, sentence } = opened
    const happened = { at: now, by, event: 'opened', sentence, stateSentence: sentence, reason, evidence: { share } }
    const inserted = await insertRollout(trx, rollout, happened)
    if (inserted === 'exists') throw new Error(`Tier ${tier} is locked and has a second rollout.`)
    return sentence
  })
}

/** @throws WorkFailed when no A/B test is on its way */
export async function stopAbTest(workspace: Workspace, tier: number, person: Person): Promise<Said> {
  return actOnTier(workspace, tier, person.by, async (trx, { open }, now) => {
    if (open?.kind === 'ab') return carried(trx, open, { kind: 'abort', ...person }, now)
    const what = open === undefined ? 'Nothing is on its way there.' : stateSentence(open)
    throw new WorkFailed(`Tier ${tier} has no A/B test. ${what}`)
  })
}
