import { listModels } from '../../database/model-queries.ts'
import { retireGoneModel } from '../retire-gone-model.ts'
import type { Workspace } from '../workspace.ts'
import { tickRollouts } from './decide-rollout.ts'

/**
 * What the gateway does when a provider answers that it has no such model: a remote one is retired, and the best of the
 * others takes the seats that it held. A local server's model may only not be there yet, and keeps them.
 * @returns what happened, in sentences
 */
export async function replaceGoneModel(
  workspace: Workspace,
  name: string,
  tier: number | undefined,
): Promise<string[]> {
  const { db } = workspace.database
  const model = (await listModels(db)).find((one) => one.name === name)
  if (model === undefined || !model.isActive) return []
  const isRetired = await retireGoneModel(workspace, model, { tier, evaluationId: undefined })
  return isRetired ? tickRollouts(workspace) : []
}
