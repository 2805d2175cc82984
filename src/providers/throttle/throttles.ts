import type { Clock } from '../../shared/clock.ts'
import { type Breaker, createBreaker } from '../breaker.ts'
import type { Gate } from './gate.ts'

/** What the calls of a process to one provider have in common: its limits, and what is known not to work. */
export interface Throttles {
  /** @param provider its name in the configuration */
  of(provider: string): { gates: Map<string, Gate>; breaker: Breaker }
}

/** Make it once per process. */
export function createThrottles(clock: Clock): Throttles {
  const known = new Map<string, { gates: Map<string, Gate>; breaker: Breaker }>()
  return {
    of(provider) {
      const shared = known.get(provider) ?? { gates: new Map<string, Gate>(), breaker: createBreaker(clock) }
      known.set(provider, shared)
      return shared
    },
  }
}
