import type { TokenRoute } from '../../../config/tier-config.ts'
import type { TierRoute } from '../../../workflows/rollout/tier-route.ts'
import { GatewayError } from '../gateway-error.ts'

/** Who answers a request of its length: the seat of the tier with its rollout, or models in the order to ask them. */
export type ByLength = { kind: 'seat' } | { kind: 'models'; names: string[] }

/**
 * Counts a request with the tokenizer of each route's model, the shortest route first, until one is long enough: exactly
 * `upToTokens` still goes there. A route without an end takes the rest and is never counted for.
 * @param count tokens of the request for the model of that name
 * @throws GatewayError 400 when no route is long enough; nothing is ever cut off
 */
export async function modelsByLength(
  { tier, routes, incumbent, fallbacks }: Pick<TierRoute, 'tier' | 'routes' | 'incumbent' | 'fallbacks'>,
  count: (model: string) => Promise<number>,
): Promise<ByLength> {
  const nameOf = ({ model }: TokenRoute) => (model === 'seat' ? incumbent : model)
  for (const [index, route] of routes.entries()) {
    if (!(await isLongEnough(route, nameOf(route), count))) continue
    if (route.model === 'seat') return { kind: 'seat' }
    const tooShort = new Set(routes.slice(0, index).map(nameOf))
    const longer = routes.slice(index).map(nameOf)
    const mayAnswer = (name: string | undefined): name is string => name !== undefined && !tooShort.has(name)
    return { kind: 'models', names: [...longer, ...fallbacks].filter(mayAnswer) }
  }
  throw await tooLong(tier, routes, nameOf, count)
}

async function isLongEnough(
  { upToTokens }: TokenRoute,
  model: string | undefined,
  count: (model: string) => Promise<number>,
): Promise<boolean> {
  if (upToTokens === undefined) return true
  return model !== undefined && (await count(model)) <= upToTokens
}

async function tooLong(
  tier: number,
  routes: readonly TokenRoute[],
  nameOf: (route: TokenRoute) => string | undefined,
  count: (model: string) => Promise<number>,
): Promise<GatewayError> {
  const last = routes.at(-1)
  const model = last === undefined ? undefined : nameOf(last)
  const came = model === undefined ? '' : `, got ${await count(model)}`
  return new GatewayError({
    status: 400,
    message:
      `Expected at most ${last?.upToTokens} tokens for tier ${tier}${came}. Shorten the request, or give the tier a route ` +
      'for longer ones (routes in incumbent.yaml, the last one without upToTokens).',
    type: 'invalid_request_error',
    param: 'messages',
    code: 'context_length_exceeded',
  })
}
