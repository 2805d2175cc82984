import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { ServedBy } from './gateway/answerer.ts'

/** What Prometheus reads. Names are those of OpenTelemetry's conventions for generative AI where they have one. */
export interface Metrics {
  /** Others register their own figures here. */
  registry: Registry
  requestAnswered(servedBy: ServedBy, timing: { totalMs: number; firstTokenMs: number | undefined }): void
  /** @param error the code that the caller was told */
  requestFailed(error: string, totalMs: number): void
}

/** The boundaries, in seconds, that the conventions advise. */
const durationBuckets = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92]
const firstTokenBuckets = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'gen_ai_server_request_duration_seconds',
    help: 'Time from a chat request to the last byte of its answer.',
    labelNames: ['gen_ai_operation_name', 'gen_ai_response_model', 'incumbent_tier', 'error_type'],
    buckets: durationBuckets,
    registers: [registry],
  })
  const firstToken = new Histogram({
    name: 'gen_ai_server_time_to_first_token_seconds',
    help: 'Time from a chat request to the first piece of its answer, of streamed answers.',
    labelNames: ['gen_ai_operation_name', 'gen_ai_response_model', 'incumbent_tier'],
    buckets: firstTokenBuckets,
    registers: [registry],
  })
  const requests = new Counter({
    name: 'incumbent_gateway_requests_total',
    help: 'Answered chat requests by tier, model, stage of the rollout, and attempt.',
    labelNames: ['tier', 'model', 'stage', 'attempt'],
    registers: [registry],
  })
  return {
    registry,
    requestAnswered({ model, tier, stage, attempt }, { totalMs, firstTokenMs }) {
      const incumbent_tier = tier === undefined ? '' : String(tier)
      const labels = { gen_ai_operation_name: 'chat', gen_ai_response_model: model, incumbent_tier }
      duration.observe({ ...labels, error_type: '' }, totalMs / 1000)
      if (firstTokenMs !== undefined) firstToken.observe(labels, firstTokenMs / 1000)
      requests.inc({ tier: incumbent_tier, model, stage, attempt })
    },
    requestFailed(error, totalMs) {
      duration.observe({ gen_ai_operation_name: 'chat', error_type: error }, totalMs / 1000)
    },
  }
}
