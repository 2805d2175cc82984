import type { BatchNumber } from '../../../../src/database/writer-queries.ts'
import type { Batch } from '../../../../src/serving/gateway/traffic/recorded.ts'
import { exampleRoute, inPart, ofArm } from './examples.ts'

/** Ten answers of the holder of a seat beside a rollout. */
export function batchOf(batch: BatchNumber, rolloutId: string): Batch {
  const route = exampleRoute({ rollout: inPart(0.5, { id: rolloutId }) })
  return { ...batch, recorded: Array.from({ length: 10 }, () => ofArm(route, 'incumbent')) }
}
