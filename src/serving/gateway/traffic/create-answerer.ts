import type { Model } from '../../../providers/model.ts'
import type { TierRoute } from '../../../workflows/rollout/tier-route.ts'
import type { Answerer, GatewayRequest } from '../answerer.ts'
import { resolveName } from '../resolve-name.ts'
import { type Asking, answerByPlan } from './answer-by-plan.ts'
import { modelUnavailable } from './model-unavailable.ts'
import { type Fits, modelsByLength } from './models-by-length.ts'
import { type Plan, planForLength, planForModel, planForSeat } from './plan.ts'
import type { Routes } from './routes.ts'

interface AnswererOptions extends Asking {
  routes: () => Routes
  /** Whether the model takes the request in so many tokens. */
  fits: (model: Model, request: GatewayRequest, maxTokens: number) => ReturnType<Fits>
}

/** Chooses who answers, by the routes as they are when the request comes, and asks. */
export function createAnswerer(options: AnswererOptions): Answerer {
  function planFor(request: GatewayRequest): Plan | Promise<Plan> {
    const routes = options.routes()
    const named = resolveName(request.model, routes.names)
    if (named.kind === 'model') return planForModel(modelOf(routes, named.model))
    const route = routes.tiers.get(named.tier)
    if (route === undefined) throw new Error(`There is a name for tier ${named.tier}, but no route.`)
    return route.routes.length === 0 ? planForSeat(routes, route, keyOf(request)) : byLength(routes, route, request)
  }

  async function byLength(routes: Routes, route: TierRoute, request: GatewayRequest): Promise<Plan> {
    const chosen = await modelsByLength(route, async (name, maxTokens) => {
      const model = routes.models.get(name)
      // One that was retired takes nothing.
      return model === undefined ? { fits: false, tokens: undefined } : options.fits(model, request, maxTokens)
    })
    return chosen.kind === 'seat'
      ? planForSeat(routes, route, keyOf(request))
      : planForLength(routes, route, chosen.names)
  }

  return async (request) => answerByPlan(await planFor(request), request, options)
}

/** A request without a key of its own falls where its id falls. */
function keyOf({ key, requestId }: GatewayRequest): string {
  return key ?? requestId
}

function modelOf({ models }: Routes, name: string): Model {
  const model = models.get(name)
  if (model !== undefined) return model
  throw modelUnavailable(
    `${name} is not active: npx incumbent models list shows the models, and which of them are retired.`,
  )
}
