import type { Transaction } from 'kysely'
import { type NewAlert, raiseAlert } from '../database/alert-queries.ts'
import { listModels } from '../database/model-queries.ts'
import type { Tables } from '../database/tables.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { driftWords } from '../reporting/drift-words.ts'
import type { DriftWatch } from '../rollout/watch-incumbent.ts'
import type { RolledBack } from './roll-back.ts'

/** Tells people of a drift. That one that is gone could not be tested is told with that it is gone. */
export async function tellOfDrift(
  trx: Transaction<Tables>,
  evaluation: Evaluation,
  watch: DriftWatch,
  rolledBack: RolledBack | undefined,
  now: Date,
): Promise<void> {
  const alert = driftAlert(evaluation, watch, rolledBack, now)
  if (alert === undefined) return
  const isRetired = async () => (await listModels(trx)).some(({ name, isActive }) => name === alert.model && !isActive)
  if (watch.status === 'incident' && (await isRetired())) return
  await raiseAlert(trx, alert)
}

/**
 * What people are told of a drift; undefined where there is nothing to tell: an incumbent that is as good as it was, or a
 * suspicion that a fresh re-test did away with.
 */
function driftAlert(
  { id, tier, incumbent = '' }: Evaluation,
  watch: DriftWatch,
  rolledBack: RolledBack | undefined,
  raisedAt: Date,
): NewAlert | undefined {
  const about = { tier, model: incumbent, evaluationId: id, raisedAt }
  const words = driftWords(watch, incumbent)
  if (watch.status === 'rollback') {
    const subject =
      rolledBack?.status === 'rolled-back'
        ? `Tier ${tier} went back from ${incumbent} to ${rolledBack.to}`
        : `${incumbent} on tier ${tier} has become worse`
    return { kind: 'drift', severity: 'critical', subject, message: `${words} ${movement(rolledBack)}`, ...about }
  }
  if (watch.status === 'suspect') {
    const message = `${words} Nothing follows from it: look at the next run.`
    return {
      kind: 'drift',
      severity: 'warning',
      subject: `${incumbent} on tier ${tier} looks worse`,
      message,
      ...about,
    }
  }
  if (watch.status !== 'incident') return undefined
  const subject = `Whether ${incumbent} on tier ${tier} has become worse could not be tested`
  return { kind: 'drift', severity: 'warning', subject, message: words, ...about }
}

function movement(rolledBack: RolledBack | undefined): string {
  if (rolledBack === undefined) return ''
  return rolledBack.status === 'rolled-back'
    ? `${rolledBack.to} holds the seat again.`
    : `The model before should come back; it did not by itself, because ${rolledBack.reason}.`
}
