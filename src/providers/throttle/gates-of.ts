import type { ProviderConfig } from '../../config/provider-config.ts'
import type { Clock } from '../../shared/clock.ts'
import { contentHash } from '../../shared/json.ts'
import type { Gate } from './gate.ts'

/** Of a process, because a provider counts all of its calls; a clock of a test's own makes a process of its own. */
const processes = new WeakMap<Clock, Map<string, Map<string, Gate>>>()

/** The gates of a provider: the same for all that are made of the same settings, so that a limit is one limit. */
export function gatesOf(settings: ProviderConfig, clock: Clock): Map<string, Gate> {
  const ofProcess = processes.get(clock) ?? new Map<string, Map<string, Gate>>()
  processes.set(clock, ofProcess)
  const key = keyOf(settings)
  const gates = ofProcess.get(key) ?? new Map<string, Gate>()
  ofProcess.set(key, gates)
  return gates
}

/** Another key has limits of its own. */
function keyOf({ name, kind, baseUrl, apiKey, ...limits }: ProviderConfig): string {
  const { concurrency, requestsPerMinute, tokensPerMinute } = limits
  const parts = [name, kind, baseUrl, apiKey?.reveal(), concurrency, requestsPerMinute, tokensPerMinute]
  return contentHash(parts.map((part) => part ?? null))
}
