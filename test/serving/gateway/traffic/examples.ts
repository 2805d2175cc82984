import type { StreamPiece } from '../../../../src/providers/chat-settings.ts'
import type { Model } from '../../../../src/providers/model.ts'
import type { Generated, GenerateRequest, Provider } from '../../../../src/providers/provider.ts'
import type { LiveObservation } from '../../../../src/rollout/live/live-observation.ts'
import type { FullState, Rollout, RunningState } from '../../../../src/rollout/rollout.ts'
import type { GatewayRequest } from '../../../../src/serving/gateway/answerer.ts'
import type { Attempt } from '../../../../src/serving/gateway/traffic/attempt.ts'
import { type Plan, planForSeat } from '../../../../src/serving/gateway/traffic/plan.ts'
import type { Recorded } from '../../../../src/serving/gateway/traffic/recorded.ts'
import { type Routes, routesOf } from '../../../../src/serving/gateway/traffic/routes.ts'
import type { FullRollout, RunningRollout, TierRoute } from '../../../../src/workflows/rollout/tier-route.ts'
import { exampleTime } from '../../../support/example-evaluation.ts'
import {
  challenger,
  exampleObservation,
  exampleRollout,
  fullState,
  incumbent,
  partialState,
  shadowState,
} from '../../../support/example-rollout.ts'
import { generated } from '../../started-service.ts'

export { challenger, incumbent }
export const spare = 'spare'

export function exampleModel(name: string, overrides: Partial<Model> = {}): Model {
  return {
    name,
    provider: `${name}-provider`,
    providerKind: 'openai',
    providerModelId: name,
    baseUrl: undefined,
    family: undefined,
    pricingTier: undefined,
    capabilities: {},
    contextTokens: undefined,
    price: undefined,
    isActive: true,
    ...overrides,
  }
}

export function exampleRoute(overrides: Partial<TierRoute> = {}): TierRoute {
  return {
    tier: 1,
    name: 'core',
    incumbent,
    fallbacks: [spare],
    routes: [],
    rollout: undefined,
    goldenDisagree: undefined,
    full: undefined,
    slow: { slowMs: undefined, slowFirstTokenMs: undefined },
    ...overrides,
  }
}

export function exampleRoutes(
  route: TierRoute = exampleRoute(),
  models: readonly Model[] = [incumbent, challenger, spare].map((name) => exampleModel(name)),
): Routes {
  return routesOf({ version: 1, tiers: [route], models })
}

export function running(state: RunningState, overrides: Partial<Rollout> = {}): RunningRollout {
  return { ...exampleRollout(overrides), state }
}

export const inShadow = (overrides: Partial<Rollout> = {}) => running(shadowState(), overrides)
export const inPart = (share: number, overrides: Partial<Rollout> = {}) => running(partialState({ share }), overrides)

export function full(overrides: Partial<Rollout> = {}, state: Partial<FullState> = {}): FullRollout {
  return { ...exampleRollout({ incumbent: spare, challenger: incumbent, ...overrides }), state: fullState(state) }
}

export function exampleRequest(overrides: Partial<GatewayRequest> = {}): GatewayRequest {
  return {
    requestId: 'request-1',
    model: 'tier-1',
    key: undefined,
    question: {
      messages: [{ role: 'user', content: 'Hello' }],
      answerSchema: undefined,
      maxOutputTokens: undefined,
      temperature: undefined,
      seed: undefined,
    },
    wantsStream: false,
    signal: new AbortController().signal,
    ...overrides,
  }
}

/** The first attempt at a request of tier 1. */
export function exampleAttempt(route: TierRoute = exampleRoute(), overrides: Partial<Attempt> = {}): Attempt {
  const plan: Plan = planForSeat(exampleRoutes(route), route, 'key')
  const [planned] = plan.attempts
  if (planned === undefined) throw new Error('Nobody is asked.')
  return { request: exampleRequest(), plan, planned, number: 1, at: exampleTime, sharedBy: 1, ...overrides }
}

type Said = Generated | Error | ((request: GenerateRequest) => Generated | Promise<Generated>)

/** Says one thing after another, and the last again and again; keeps what it was asked. */
export function scripted(...said: Said[]): Provider & { asked: GenerateRequest[] } {
  const asked: GenerateRequest[] = []
  return {
    kind: 'openai',
    asked,
    async generate(request) {
      const next = said[Math.min(asked.length, said.length - 1)]
      asked.push(request)
      if (next === undefined) return generated()
      if (next instanceof Error) throw next
      return typeof next === 'function' ? next(request) : next
    },
    listModels: () => Promise.resolve([]),
  }
}

/** Streams pieces and then the whole, or fails after them. */
export function streaming(pieces: readonly StreamPiece[], end: Generated | Error = generated()): Provider {
  return {
    ...scripted(),
    async *stream() {
      yield* pieces
      if (end instanceof Error) throw end
      return end
    },
  }
}

export function recorded(observation: Partial<LiveObservation>, route: TierRoute | undefined): Recorded {
  return { observation: exampleObservation(observation), route }
}

/** An answer of an arm of a running rollout. */
export function ofArm(
  route: TierRoute,
  arm: 'incumbent' | 'challenger',
  overrides: Partial<LiveObservation> = {},
): Recorded {
  const { rollout } = route
  if (rollout === undefined) throw new Error('No rollout is running.')
  const model = arm === 'incumbent' ? rollout.incumbent : rollout.challenger
  const { id: rolloutId, countsEpoch, state } = rollout
  return recorded({ model, arm, rolloutId, countsEpoch, stage: state.stage, ...overrides }, route)
}
