import { raiseAlert } from '../database/alert-queries.ts'
import { listAssignments } from '../database/assignment-queries.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { deactivateModel } from '../database/model-queries.ts'
import type { Model } from '../providers/model.ts'
import { placementOf } from '../providers/placement.ts'
import type { Workspace } from './workspace.ts'

/**
 * Retires a model that its remote provider does not know any more (404), with an alert. Of one that holds a tier people are
 * told when that is given away, by `failOverRetired`: it is one event. A local server's model may only not be there yet: it
 * stays as it is. A baseline has nobody who could give it up.
 * @param noticed where it was noticed: in an evaluation, or while answering the requests of a tier
 * @returns whether it was retired now
 */
export async function retireGoneModel(
  { config, database, clock }: Workspace,
  model: Model,
  noticed: { tier: number | undefined; evaluationId: string | undefined },
): Promise<boolean> {
  if (placementOf(model) === 'local' || model.providerKind === 'rules') return false
  const now = clock.now()
  const reason = `${model.provider} answered 404 to the model id ${model.providerModelId}`
  return inTransaction(database.db, async (trx) => {
    if (!(await deactivateModel(trx, model.name, reason, now))) return false
    const seats = (await listAssignments(trx)).filter((seat) => seat.model === model.name)
    if (seats.some((seat) => config.tiers.some(({ id }) => id === seat.tier))) return true
    await raiseAlert(trx, {
      kind: 'model-retired',
      severity: 'warning',
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
