import { raiseAlert } from '../database/alert-queries.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { deactivateModel } from '../database/model-queries.ts'
import type { Model } from '../providers/model.ts'
import { placementOf } from '../providers/placement.ts'
import type { Workspace } from './workspace.ts'

/**
 * Retires a model that its remote provider does not know any more (404), with an alert. A local server's model may only not
 * be there yet: it stays as it is. A baseline has nobody who could give it up.
 * @param noticed where it was noticed: in an evaluation, or while answering the requests of a tier
 * @returns whether it was retired now; the seats that it held are given away by `failOverRetired`
 */
export async function retireGoneModel(
  { database, clock }: Workspace,
  model: Model,
  noticed: { tier: number | undefined; evaluationId: string | undefined; isIncumbent: boolean },
): Promise<boolean> {
  if (placementOf(model) === 'local' || model.providerKind === 'rules') return false
  const now = clock.now()
  const reason = `${model.provider} answered 404 to the model id ${model.providerModelId}`
  return inTransaction(database.db, async (trx) => {
    if (!(await deactivateModel(trx, model.name, reason, now))) return false
    await raiseAlert(trx, {
      kind: 'model-retired',
      severity: noticed.isIncumbent ? 'critical' : 'warning',
      subject: `${model.name} is gone`,
      message: `${reason}. It was retired in the registry and is not tested any more. Its successors: npx incumbent models discover. If it comes back: npx incumbent models add ${model.name}`,
      tier: noticed.tier,
      model: model.name,
      evaluationId: noticed.evaluationId,
      raisedAt: now,
    })
    return true
  })
}
