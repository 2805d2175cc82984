import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type Html, html } from '../../reporting/render-html/html.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import { cookieIn, setCookie } from '../http/cookies.ts'
import type { Exchange } from '../http/exchange.ts'
import { expectContentType, readText } from '../http/read-text.ts'

const cookieName = 'incumbent_form'
const fieldName = 'form_token'
const mostBodyBytes = 64 * 1024
const daySeconds = 86_400

/** Given once for a response, however many forms its page has. */
const given = new WeakMap<Exchange, string>()

/**
 * What a form of this service carries beside a cookie of the same value: a page of another site can neither read nor send
 * them both. It outlives a restart, and holds for every instance behind one address.
 */
export function formToken(exchange: Exchange): string {
  const known = given.get(exchange) ?? plain(cookieIn(exchange.request, cookieName))
  if (known !== undefined) return known
  const token = randomBytes(24).toString('base64url')
  given.set(exchange, token)
  setCookie(exchange.request, exchange.response, { name: cookieName, value: token, maxAgeSeconds: 30 * daySeconds })
  return token
}

/** The field that every form with `method="post"` begins with. */
export function formField(exchange: Exchange): Html {
  return html`<input type="hidden" name="${fieldName}" value="${formToken(exchange)}">`
}

/**
 * The fields of a form that was sent from a page of this service.
 * @throws GatewayError 403 when it comes from elsewhere, 413 or 415 when it is no form of ours
 */
export async function checkForm(exchange: Exchange): Promise<URLSearchParams> {
  const { request } = exchange
  expectContentType(request, 'application/x-www-form-urlencoded')
  if (isFromElsewhere(request)) throw forged('it was sent from a page of another site')
  const form = new URLSearchParams(await readText(request, mostBodyBytes))
  const cookie = plain(cookieIn(request, cookieName))
  if (cookie === undefined)
    throw forged('the cookie that belongs to it is missing; allow cookies and load the page again')
  if (!isSame(form.get(fieldName) ?? '', cookie)) throw forged('it is too old; load the page again')
  return form
}

/** Browsers say where a form comes from; others need the token of the form all the same. */
function isFromElsewhere({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const { origin, host } = headers
  return origin !== undefined && origin.replace(/^https?:\/\//, '') !== host
}

function plain(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w-]{32}$/.test(text) ? text : undefined
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function forged(reason: string): GatewayError {
  return new GatewayError({
    status: 403,
    message: `Nothing was changed: expected a form of this dashboard, and ${reason}.`,
    type: 'authentication_error',
    code: 'form_not_accepted',
  })
}
