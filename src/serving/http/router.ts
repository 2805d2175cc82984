import { didYouMean } from '../../shared/nearest-word.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Route } from './exchange.ts'

export interface Match {
  route: Route
  params: Readonly<Record<string, string>>
}

const noParams = Object.freeze({})

/**
 * Finds the route of a request.
 * @throws GatewayError when there is none (404), or none for the method (405)
 */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match {
  const exact = new Map(routes.map((route) => [`${route.method} ${route.path}`, { route, params: noParams }]))
  const patterns = routes.flatMap((route) => {
    const [start = '', name] = route.path.split(/[{}]/)
    return name === undefined ? [] : [{ route, start, name }]
  })
  const withParameter = (method: string, path: string): Match | undefined => {
    const found = patterns.find(({ route, start }) => route.method === method && isBelow(path, start))
    return found && { route: found.route, params: { [found.name]: decoded(path.slice(found.start.length)) } }
  }
  return (method, path) =>
    exact.get(`${method} ${path}`) ?? withParameter(method, path) ?? refuse(routes, patterns, method, path)
}

function isBelow(path: string, start: string): boolean {
  return path.startsWith(start) && path.length > start.length
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function refuse(
  routes: readonly Route[],
  patterns: readonly { route: Route; start: string }[],
  method: string,
  path: string,
): never {
  const here = [
    ...routes.filter((route) => route.path === path),
    ...patterns.filter(({ start }) => isBelow(path, start)).map(({ route }) => route),
  ].map((route) => route.method)
  const type = 'invalid_request_error'
  if (here.length > 0) {
    const message = `Expected ${here.join(' or ')} for ${path}, got ${method}.`
    throw new GatewayError({ status: 405, message, type, code: 'method_not_allowed' })
  }
  const meant = didYouMean(
    path,
    routes.map((route) => route.path),
  )
  throw new GatewayError({
    status: 404,
    message: `There is no ${method} ${path}${meant || '.'}`,
    type,
    code: 'unknown_url',
  })
}
