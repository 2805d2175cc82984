import type { Outcome } from './outcome.ts'
import type { Block, Lane, PlannedCall } from './plan-calls.ts'

export interface LaneEffects {
  /** Asks once; resolves with an outcome also when the call failed, rejects only for a defect or an abort. */
  ask(call: PlannedCall, signal: AbortSignal): Promise<Outcome>
  /** Loads a model with an uncounted call; its failure shows in the calls that follow. */
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
  const running = lanes.map((lane) => runLane(lane, done, effects, either))
  try {
    await Promise.all(running)
  } catch (error) {
    stop.abort(error)
    await Promise.allSettled(running)
    throw error
  }
}

/** Identity of a call inside an evaluation. */
export function callKey({ model, sampleKey, repeat }: PlannedCall): string {
  return JSON.stringify([model, sampleKey, repeat])
}

async function runLane(
  lane: Lane,
  done: ReadonlySet<string>,
  effects: LaneEffects,
  signal: AbortSignal,
): Promise<void> {
  for (const block of lane.blocks) await runBlock(block, done, effects, signal)
}

async function runBlock(
  block: Block,
  done: ReadonlySet<string>,
  effects: LaneEffects,
  signal: AbortSignal,
): Promise<void> {
  const calls = block.calls.filter((call) => !done.has(callKey(call)))
  if (calls.length === 0) return
  if (block.warmUp !== undefined && effects.keepAsking(block.warmUp)) await effects.warmUp(block.warmUp, signal)
  const queue = calls.values()
  const worker = async () => {
    // One iterator shared by all workers: each call is taken once, in order.
    for (const call of queue) {
      signal.throwIfAborted()
      if (!effects.keepAsking(call.model)) continue
      const outcome = await effects.ask(call, signal)
      await effects.save(outcome)
      effects.onOutcome(outcome)
    }
  }
  const workers = Array.from({ length: Math.min(block.concurrency, calls.length) }, worker)
  try {
    await Promise.all(workers)
  } catch (error) {
    queue.return?.(undefined)
    await Promise.allSettled(workers)
    throw error
  }
}
