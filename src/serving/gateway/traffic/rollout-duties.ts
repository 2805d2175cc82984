import { decideRollout, tickRollouts } from '../../../workflows/rollout/decide-rollout.ts'
import { replaceGoneModel } from '../../../workflows/rollout/replace-gone-model.ts'
import type { Workspace } from '../../../workflows/workspace.ts'
import type { ObservationBuffer } from './observation-buffer.ts'
import type { RouteTable } from './route-table.ts'

/** What a gateway has done about rollouts and seats: on all that was seen, and with routes that follow at once. */
export interface RolloutDuties {
  decide(rolloutId: string): Promise<void>
  replaceGone(model: string, tier: number | undefined): Promise<void>
  /** Time limits, and what needs no request to be decided. */
  tick(): Promise<void>
}

/** @param note gets a sentence about each thing that happened */
export function createRolloutDuties(
  workspace: Workspace,
  buffer: Pick<ObservationBuffer, 'flush'>,
  table: Pick<RouteTable, 'refresh'>,
  note: (sentence: string) => void,
): RolloutDuties {
  async function follow(happened: readonly string[]): Promise<void> {
    for (const sentence of happened) note(sentence)
    await table.refresh()
  }

  return {
    async decide(rolloutId) {
      await buffer.flush()
      await follow((await decideRollout(workspace, rolloutId)).happened)
    },
    replaceGone: async (model, tier) => follow(await replaceGoneModel(workspace, model, tier)),
    async tick() {
      await buffer.flush()
      await follow(await tickRollouts(workspace))
    },
  }
}
