import { STATUS_CODES } from 'node:http'
import { html } from '../../reporting/render-html/html.ts'
import type { Refusal } from '../gateway/gateway-error.ts'
import type { Exchange } from '../http/exchange.ts'
import { sendElsewhere } from '../http/send.ts'
import type { PageContext } from './page-context.ts'
import { sendPage } from './send-page.ts'

/** Tells a person in a browser what went wrong, or asks for a token. False: whoever asks wants no page. */
export function errorPage(context: Pick<PageContext, 'workspace'>, exchange: Exchange, refusal: Refusal): boolean {
  const { request, response } = exchange
  const path = request.url ?? '/'
  if (!wantsPage(exchange)) return false
  if (refusal.status === 401) {
    sendElsewhere(response, `/login?next=${encodeURIComponent(request.method === 'GET' ? path : '/')}`)
    return true
  }
  const title = titles[refusal.status] ?? STATUS_CODES[refusal.status] ?? 'That did not work'
  sendPage(context, exchange, {
    title,
    path,
    status: refusal.status,
    body: html`<h1>${title}</h1><p class="error">${refusal.message}</p><p><a href="/">To the overview</a></p>`,
  })
  return true
}

/** Programs that want JSON ask for it, or for anything. */
export function wantsPage({ request }: Exchange): boolean {
  return (request.headers.accept ?? '').includes('text/html')
}

const titles: Readonly<Record<number, string>> = {
  400: 'This cannot be shown as it was asked for',
  403: 'This is not possible from here',
  404: 'There is no such page',
  405: 'There is no such page',
  500: 'Something failed in the service',
  503: 'This is not possible now',
}
