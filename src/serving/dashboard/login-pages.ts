import { html, nothing } from '../../reporting/render-html/html.ts'
import { cookieIn, setCookie } from '../http/cookies.ts'
import type { Exchange, Route } from '../http/exchange.ts'
import { sendElsewhere } from '../http/send.ts'
import { type TokenGate, tokenCookie } from '../token-gate.ts'
import { checkForm, formField } from './form-token.ts'
import type { PageContext } from './page-context.ts'
import { pathWithin } from './path-within.ts'
import { sendPage } from './send-page.ts'

/** So long a browser keeps the token that it was given; a token that is revoked ends it at once. */
const keptSeconds = 30 * 86_400

/** Where a person gives a browser a token. */
export function loginPages(context: PageContext, tokens: TokenGate): Route[] {
  return [
    { method: 'GET', path: '/login', isOpen: true, handle: (exchange) => showLogin(context, tokens, exchange) },
    { method: 'POST', path: '/login', isOpen: true, handle: (exchange) => logIn(context, tokens, exchange) },
    { method: 'POST', path: '/logout', isOpen: true, handle: logOut },
  ]
}

function showLogin(context: PageContext, tokens: TokenGate, exchange: Exchange): void {
  const next = pathWithin(new URLSearchParams(exchange.request.url?.split('?')[1]).get('next'))
  const token = cookieIn(exchange.request, tokenCookie)
  if (!tokens.exist() || (token !== undefined && tokens.nameOf(token) !== undefined)) {
    sendElsewhere(exchange.response, next)
    return
  }
  // A link in a message comes from another site, and a browser keeps the cookie back; from this page it sends it along.
  const isFromElsewhere = exchange.request.headers['sec-fetch-site'] === 'cross-site'
  const head = isFromElsewhere ? html`<meta http-equiv="refresh" content="0; url=${next}">` : nothing
  loginPage(context, exchange, { next, head })
}

async function logIn(context: PageContext, tokens: TokenGate, exchange: Exchange): Promise<void> {
  const { request, response } = exchange
  const form = await checkForm(exchange)
  const token = (form.get('token') ?? '').trim()
  const next = pathWithin(form.get('next'))
  if (/^[\w-]+$/.test(token) && tokens.nameOf(token) !== undefined) {
    setCookie(request, response, { name: tokenCookie, value: token, maxAgeSeconds: keptSeconds })
    return sendElsewhere(response, next)
  }
  const problem =
    'That is no token of this service, or one that was revoked. Paste the whole line, which begins with inc_.'
  loginPage(context, exchange, { next, problem })
}

async function logOut(exchange: Exchange): Promise<void> {
  await checkForm(exchange)
  setCookie(exchange.request, exchange.response, { name: tokenCookie, value: '', maxAgeSeconds: 0 })
  sendElsewhere(exchange.response, '/login')
}

interface Login {
  next: string
  head?: ReturnType<typeof html>
  problem?: string
}

function loginPage(context: PageContext, exchange: Exchange, { next, head = nothing, problem }: Login): void {
  const wrong = problem === undefined ? nothing : html`<p class="error" role="alert">${problem}</p>`
  sendPage(context, exchange, {
    title: 'Log in',
    path: '/login',
    head,
    status: problem === undefined ? 200 : 401,
    body: html`<div class="narrow"><h1>This service asks for a token</h1>
<p class="lede">Whoever runs it makes one with <code>npx incumbent token create ${'<name>'}</code>. This browser keeps it for 30 days, or until you log out.</p>
${wrong}
<form method="post" action="/login" class="form">${formField(exchange)}<input type="hidden" name="next" value="${next}">
<label for="token">API token</label>
<input id="token" name="token" type="password" required autocomplete="current-password" spellcheck="false" placeholder="inc_…">
<button class="button filled">Log in</button></form></div>`,
  })
}
