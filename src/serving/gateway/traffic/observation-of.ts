import { costOf } from '../../../providers/price.ts'
import type { Usage } from '../../../providers/provider.ts'
import type { LiveObservation } from '../../../rollout/live/live-observation.ts'
import { isAboveLimit } from '../../../rollout/live/slow-limit.ts'
import type { Attempt, AttemptEnd } from './attempt.ts'
import type { SchemaChecks } from './schema-checks.ts'

const unknownUsage: Usage = {
  inputTokens: undefined,
  outputTokens: undefined,
  reasoningTokens: undefined,
  cachedInputTokens: undefined,
}

const noLimit = { slowMs: undefined, slowFirstTokenMs: undefined }

/** What is kept of an attempt; nothing of what was asked and answered. */
export function observationOf(attempt: Attempt, end: AttemptEnd, schemas: SchemaChecks): LiveObservation {
  const { request, plan, planned, number, at, sharedBy } = attempt
  const { rollout, route } = plan
  const { latencyMs, firstTokenMs } = end
  const counted = rollout ?? (plan.stage === 'full' ? route?.full : undefined)
  const usage = end.outcome === 'answered' ? end.generated.usage : unknownUsage
  return {
    requestId: request.requestId,
    at,
    tier: route?.tier,
    model: planned.model.name,
    rolloutId: counted?.id,
    countsEpoch: counted?.countsEpoch,
    arm: planned.arm,
    stage: plan.stage,
    attempt: number,
    outcome: end.outcome,
    failureKind: end.outcome === 'failed' ? end.failureKind : undefined,
    invalid: isInvalid(attempt, end, schemas),
    latencyMs,
    firstTokenMs,
    slow: isAboveLimit(end, rollout?.baseline ?? route?.slow ?? noLimit),
    disagrees: undefined,
    usage,
    costUsd: end.outcome === 'answered' ? costOf(planned.model, usage, { ms: latencyMs, sharedBy }) : undefined,
  }
}

/** A call of a tool is no answer that could break the schema. */
function isInvalid({ request }: Attempt, end: AttemptEnd, schemas: SchemaChecks): boolean | undefined {
  const { answerSchema } = request.question
  if (answerSchema === undefined || end.outcome !== 'answered' || end.generated.toolCalls !== undefined)
    return undefined
  return schemas.check(answerSchema, end.generated.text).isInvalid
}
