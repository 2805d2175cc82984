import type { Model } from '../../../providers/model.ts'
import { type Provider, ProviderError } from '../../../providers/provider.ts'
import type { Clock } from '../../../shared/clock.ts'
import type { Answered, AnsweredStream, GatewayRequest, ServedBy } from '../answerer.ts'
import { GatewayError } from '../gateway-error.ts'
import type { Attempt, AttemptEnd, Finished } from './attempt.ts'
import { type MadeAttempt, makeAttempt } from './make-attempt.ts'
import type { Plan } from './plan.ts'
import type { ProviderSlots } from './provider-slots.ts'

export interface Asking {
  /** @throws GatewayError when the provider of the model cannot be asked: no key, no address */
  connect: (model: Model) => { provider: Provider; timeoutMs: number }
  slots: Pick<ProviderSlots, 'enter' | 'leave'>
  clock: Clock
  /** Most milliseconds for all attempts at a request together. */
  requestMs: number
  finished: Finished
}

/**
 * Asks the models of a plan one after the other until one answers. A request that every model refuses as wrong is the
 * caller's fault and counts against none of them; where another model answers it, the refusal was the model's.
 * @throws what the last model that was asked has thrown; the signal's reason when it is aborted
 */
export async function answerByPlan(
  plan: Plan,
  request: GatewayRequest,
  asking: Asking,
): Promise<Answered | AnsweredStream> {
  const startedMs = performance.now()
  const refusals: (() => void)[] = []
  let failure: unknown
  for (const [index, planned] of plan.attempts.entries()) {
    const attempt: Planned = { request, plan, planned, number: index + 1, at: asking.clock.now() }
    const leftMs = Math.ceil(asking.requestMs - (performance.now() - startedMs))
    if (leftMs <= 0) break
    try {
      const made = begun(attempt, leftMs, asking)
      const answer = await makeAttempt(request, made, withhold(refusals, asking.finished))
      for (const tell of refusals) tell()
      return { ...answer, servedBy: servedBy(attempt) }
    } catch (error) {
      request.signal.throwIfAborted()
      failure = moreTelling(failure, error)
      if (isFinal(error, attempt)) break
    }
  }
  throw failure
}

/** An attempt before its provider is asked. */
type Planned = Omit<Attempt, 'sharedBy'>

function begun(planned: Planned, leftMs: number, { connect, slots }: Asking): MadeAttempt {
  const { model } = planned.planned
  const { provider, timeoutMs } = connect(model)
  const attempt = { ...planned, sharedBy: slots.enter(model.provider) }
  let isLeft = false
  const leave = () => {
    if (!isLeft) slots.leave(model.provider)
    isLeft = true
  }
  return { attempt, provider, timeoutMs: Math.min(timeoutMs, leftMs), isCut: leftMs < timeoutMs, leave }
}

/** Whose fault a refusal is, the next attempts tell. */
function withhold(refusals: (() => void)[], finished: Finished): Finished {
  return (attempt, end) => {
    if (isRefusal(end)) refusals.push(() => finished(attempt, end))
    else finished(attempt, end)
  }
}

function isRefusal(end: AttemptEnd): boolean {
  return end.outcome === 'failed' && end.failureKind === 'invalid-request'
}

/** What the holder of the seat blocks is not carried to others until one says it; a challenger's block is its own. */
function isFinal(error: unknown, { planned }: Planned): boolean {
  return error instanceof ProviderError && error.kind === 'blocked' && planned.arm !== 'challenger'
}

/** The newest failure, but one of a model that was asked rather than of one that could not be. */
function moreTelling(before: unknown, now: unknown): unknown {
  if (before === undefined) return now
  const wasAsked = now instanceof ProviderError ? now.attempts > 0 : !(now instanceof GatewayError)
  return wasAsked ? now : before
}

function servedBy({ plan, planned, number }: Planned): ServedBy {
  const { route, stage, rollout } = plan
  return {
    model: planned.model.name,
    tier: route?.tier,
    stage,
    attempt: number,
    rolloutId: rollout?.id ?? (stage === 'full' ? route?.full?.id : undefined),
  }
}
