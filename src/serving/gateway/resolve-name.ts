import { nearestWord } from '../../shared/nearest-word.ts'
import { GatewayError } from './gateway-error.ts'

/** What applications can name, as it is now. */
export interface Names {
  tiers: readonly { tier: number; name: string }[]
  /** Names of the active models of the registry. */
  models: ReadonlySet<string>
}

export type Named = { kind: 'tier'; tier: number } | { kind: 'model'; model: string }

/**
 * What an application means by a model: `tier-1`, else a tier of that name, else a model of that name. A name is only ever
 * looked up; no part of it becomes an address.
 * @throws GatewayError 404 that names the nearest
 */
export function resolveName(asked: string, { tiers, models }: Names): Named {
  const tier = tiers.find((one) => tierId(one.tier) === asked) ?? tiers.find(({ name }) => name === asked)
  if (tier !== undefined) return { kind: 'tier', tier: tier.tier }
  if (models.has(asked)) return { kind: 'model', model: asked }
  throw unknownModel(asked, [...tiers.flatMap(({ tier: id, name }) => [tierId(id), name]), ...models])
}

/** The name of a tier that never changes. */
export function tierId(tier: number): string {
  return `tier-${tier}`
}

export function unknownModel(asked: string, names: readonly string[]): GatewayError {
  const meant = nearestWord(asked, names)
  const hint = meant === undefined ? 'GET /v1/models lists what there is.' : `Did you mean ${meant}?`
  return new GatewayError({
    status: 404,
    message: `There is no tier and no model ${JSON.stringify(asked.slice(0, 200))}. ${hint}`,
    type: 'invalid_request_error',
    param: 'model',
    code: 'model_not_found',
  })
}
