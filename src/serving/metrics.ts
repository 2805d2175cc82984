import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Generated } from '../providers/provider.ts'
import type { ServedBy } from './gateway/answerer.ts'

/** What Prometheus reads. Names are those of OpenTelemetry's conventions for generative AI where they have one. */
export interface Metrics {
  /** Others register their own figures here. */
  registry: Registry
  requestAnswered(servedBy: ServedBy, generated: Generated, timing: RequestTiming): void
  /** @param error the code that the caller was told */
  requestFailed(error: string, totalMs: number): void
}

export interface RequestTiming {
  /** From the headers of the request to the end of the answer. */
  totalMs: number
  /** Undefined for an answer that was not streamed. */
  firstTokenMs: number | undefined
}

/** The boundaries that the conventions advise: seconds, seconds and tokens. */
const durations = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92]
const firstTokens = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
const tokenCounts = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576]

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const { duration, firstToken, callDuration, tokens } = histograms(registry)
  const requests = new Counter({
    name: 'incumbent_gateway_requests_total',
    help: 'Answered chat requests by tier, model, stage of the rollout, and attempt.',
    labelNames: ['tier', 'model', 'stage', 'attempt'],
    registers: [registry],
  })
  return {
    registry,
    requestAnswered({ model, tier, stage, attempt }, { usage, timing: call }, { totalMs, firstTokenMs }) {
      const incumbent_tier = tier === undefined ? '' : String(tier)
      const labels = { gen_ai_operation_name: 'chat', gen_ai_response_model: model, incumbent_tier }
      duration.observe({ ...labels, error_type: '' }, totalMs / 1000)
      if (firstTokenMs !== undefined) firstToken.observe(labels, firstTokenMs / 1000)
      callDuration.observe(labels, call.totalMs / 1000)
      if (usage.inputTokens !== undefined) tokens.observe({ ...labels, gen_ai_token_type: 'input' }, usage.inputTokens)
      if (usage.outputTokens !== undefined)
        tokens.observe({ ...labels, gen_ai_token_type: 'output' }, usage.outputTokens)
      requests.inc({ tier: incumbent_tier, model, stage, attempt })
    },
    requestFailed(error, totalMs) {
      duration.observe({ gen_ai_operation_name: 'chat', error_type: error }, totalMs / 1000)
    },
  }
}

function histograms(registry: Registry) {
  const histogram = (name: string, help: string, buckets: number[], ...more: string[]) => {
    const labelNames = ['gen_ai_operation_name', 'gen_ai_response_model', 'incumbent_tier', ...more]
    return new Histogram({ name, help, labelNames, buckets, registers: [registry] })
  }
  return {
    duration: histogram(
      'gen_ai_server_request_duration_seconds',
      'Time from a chat request to the last byte of its answer.',
      durations,
      'error_type',
    ),
    firstToken: histogram(
      'gen_ai_server_time_to_first_token_seconds',
      'Time from a chat request to the first piece of its answer, of streamed answers.',
      firstTokens,
    ),
    callDuration: histogram(
      'gen_ai_client_operation_duration_seconds',
      'Time that the model took which answered, without waiting and without attempts that failed.',
      durations,
    ),
    tokens: histogram(
      'gen_ai_client_token_usage',
      'Tokens of answered requests, where the provider counts them.',
      tokenCounts,
      'gen_ai_token_type',
    ),
  }
}
