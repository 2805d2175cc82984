import { html } from '../../reporting/render-html/html.ts'
import type { Route } from '../http/exchange.ts'
import type { PageContext } from './page-context.ts'
import { sendPage } from './send-page.ts'

export function overviewPages(context: PageContext): Route[] {
  return [
    {
      method: 'GET',
      path: '/',
      handle: (exchange) => {
        const tiers = context.workspace.config.tiers.map(
          ({ id, name }) => html`<li><a href="/tiers/${id}">Tier ${id}: ${name}</a></li>`,
        )
        sendPage(context, exchange, { title: 'Overview', path: '/', body: html`<h1>Overview</h1><ul>${tiers}</ul>` })
      },
    },
  ]
}
