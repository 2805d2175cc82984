import type { Outcome } from './outcome.ts'
import type { Block, Lane, PlannedCall } from './plan-calls.ts'

export interface LaneEffects {
  /**
   * Asks once; resolves with an outcome also when the call failed, with undefined when it is not wanted any more, and
   * rejects only for a defect or an abort.
   */
  ask(call: PlannedCall, signal: AbortSignal): Promise<Outcome | undefined>
  /** Loads a model with an uncounted call. */
  warmUp(model: string, signal: AbortSignal): Promise<void>
  /** Resolves when the outcome is durable. */
  save(outcome: Outcome): Promise<void>
  /** Whether the calls of a model that are still planned should be made. */
  keepAsking(model: string): boolean
  onOutcome(outcome: Outcome): void
}

/**
 * Makes the calls of all lanes that are not `done` and saves each outcome as it comes.
 * Rejects with the signal's reason when it is aborted, and with the first defect; calls in flight are then abandoned,
 * and what was saved stays.
 */
export async function runLanes(
  lanes: readonly Lane[],
  done: ReadonlySet<string>,
  effects: LaneEffects,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const running = lanes.map(async (lane) => {
    for (const block of lane.blocks) await runBlock(block, done, effects, either, stop)
  })
  await Promise.all(running)
  either.throwIfAborted()
}

/** Identity of a call inside an evaluation. */
export function callKey({ model, sampleKey, repeat }: PlannedCall): string {
  return JSON.stringify([model, sampleKey, repeat])
}

async function runBlock(
  block: Block,
  done: ReadonlySet<string>,
  effects: LaneEffects,
  signal: AbortSignal,
  stop: AbortController,
): Promise<void> {
  const calls = block.calls.filter((call) => !done.has(callKey(call)))
  if (calls.length === 0 || signal.aborted) return
  // One iterator shared by all workers: each call is taken once, in order.
  const queue = calls.values()
  const work = async () => {
    for (const call of queue) {
      if (signal.aborted) return
      if (!effects.keepAsking(call.model)) continue
      const outcome = await effects.ask(call, signal)
      if (outcome === undefined) continue
      await effects.save(outcome)
      effects.onOutcome(outcome)
    }
  }
  // The other workers and lanes hear of a failure at once instead of asking on.
  const orStop = (work: Promise<void>) => work.catch((error: unknown) => stop.abort(error))
  if (block.warmUp !== undefined && effects.keepAsking(block.warmUp)) await orStop(effects.warmUp(block.warmUp, signal))
  await Promise.all(Array.from({ length: Math.min(block.concurrency, calls.length) }, () => orStop(work())))
}
