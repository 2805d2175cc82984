import type { TokenRoute } from '../../../config/tier-config.ts'
import type { TierRoute } from '../../../workflows/rollout/tier-route.ts'
import { GatewayError } from '../gateway-error.ts'

/** Who answers a request of its length: the seat of the tier with its rollout, or models in the order to ask them. */
export type ByLength = { kind: 'seat' } | { kind: 'models'; names: string[] }

/** Whether a model takes a request, its longest answer included, in so many tokens; undefined: they were not counted. */
export type Fits = (model: string, maxTokens: number) => Promise<{ fits: boolean; tokens: number | undefined }>

/**
 * Counts a request with the tokenizer of each route's model, the shortest route first, until one is long enough: exactly
 * `upToTokens` still goes there. A route without an end takes the rest and is never counted for.
 * @throws GatewayError 400 when no route is long enough; nothing is ever cut off
 */
export async function modelsByLength(
  { tier, routes, incumbent, fallbacks }: Pick<TierRoute, 'tier' | 'routes' | 'incumbent' | 'fallbacks'>,
  fits: Fits,
): Promise<ByLength> {
  const nameOf = ({ model }: TokenRoute) => (model === 'seat' ? incumbent : model)
  let counted: number | undefined
  for (const [index, route] of routes.entries()) {
    const { upToTokens = Number.POSITIVE_INFINITY } = route
    const name = nameOf(route)
    if (upToTokens < Number.POSITIVE_INFINITY) {
      const result = name === undefined ? undefined : await fits(name, upToTokens)
      counted = result?.tokens ?? counted
      if (result?.fits !== true) continue
    }
    if (route.model === 'seat') return { kind: 'seat' }
    const tooShort = new Set(routes.slice(0, index).map(nameOf))
    const mayAnswer = (one: string | undefined): one is string => one !== undefined && !tooShort.has(one)
    return { kind: 'models', names: [...routes.slice(index).map(nameOf), ...fallbacks].filter(mayAnswer) }
  }
  throw tooLong(tier, routes.at(-1)?.upToTokens, counted)
}

function tooLong(tier: number, most: number | undefined, counted: number | undefined): GatewayError {
  const came = counted === undefined ? '' : `, got ${counted}`
  return new GatewayError({
    status: 400,
    message:
      `Expected at most ${most} tokens for tier ${tier}, prompt and longest answer together${came}. Shorten the request, or ` +
      'give the tier a route for longer ones (routes in incumbent.yaml, the last one without upToTokens).',
    type: 'invalid_request_error',
    param: 'messages',
    code: 'context_length_exceeded',
  })
}
