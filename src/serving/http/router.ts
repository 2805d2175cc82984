import { didYouMean } from '../../shared/nearest-word.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Route } from './exchange.ts'

export interface Match {
  route: Route
  params: Readonly<Record<string, string>>
}

interface Pattern {
  route: Route
  /** In the order of their groups. */
  names: string[]
  expression: RegExp
  /** How much of the path it says itself. */
  literals: number
}

const noParams = Object.freeze({})

/**
 * Finds the route of a request: one without parameters before one with them, and of those the one that says most of the
 * path itself.
 * @throws GatewayError when there is none (404), or none for the method (405)
 */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match {
  const exact = new Map(routes.map((route) => [`${route.method} ${route.path}`, { route, params: noParams }]))
  const patterns = routes
    .filter(({ path }) => path.includes('{'))
    .map(patternOf)
    .sort((a, b) => b.literals - a.literals || b.names.length - a.names.length)
  const withParameters = (method: string, path: string): Match | undefined => {
    const found = patterns.find(({ route, expression }) => route.method === method && expression.test(path))
    return found && { route: found.route, params: paramsOf(found, path) }
  }
  return (method, path) =>
    exact.get(`${method} ${path}`) ?? withParameters(method, path) ?? refuse(routes, patterns, method, path)
}

/** A parameter is one segment; at the end of a path it takes the rest. */
function patternOf(route: Route): Pattern {
  const parts = route.path.split(/\{(\w+)\}/)
  const source = parts.map((part, index) => {
    if (index % 2 === 0) return part.replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    return index === parts.length - 2 && parts.at(-1) === '' ? '(.+)' : '([^/]+)'
  })
  return {
    route,
    names: parts.filter((_, index) => index % 2 === 1),
    expression: new RegExp(`^${source.join('')}$`),
    literals: parts.filter((_, index) => index % 2 === 0).join('').length,
  }
}

function paramsOf({ names, expression }: Pattern, path: string): Record<string, string> {
  const [, ...values] = expression.exec(path) ?? []
  return Object.fromEntries(names.map((name, index) => [name, decoded(values[index] ?? '')]))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function refuse(routes: readonly Route[], patterns: readonly Pattern[], method: string, path: string): never {
  const here = [
    ...routes.filter((route) => route.path === path),
    ...patterns.filter(({ expression }) => expression.test(path)).map(({ route }) => route),
  ].map((route) => route.method)
  const type = 'invalid_request_error'
  if (here.length > 0) {
    const message = `Expected ${[...new Set(here)].join(' or ')} for ${path}, got ${method}.`
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
