import { sendAgain } from '../../../database/delivery-queries.ts'
import { html } from '../../../reporting/render-html/html.ts'
import { scheduleState } from '../../../scheduling/schedule-state.ts'
import { loadDeliveriesPage } from '../../../workflows/pages/deliveries.ts'
import { notFound } from '../../api/api-error.ts'
import { deliveriesQuery, deliveriesRequest } from '../../api/deliveries-api.ts'
import type { Exchange, Route } from '../../http/exchange.ts'
import { sendElsewhere } from '../../http/send.ts'
import { checkForm, formField } from '../form-token.ts'
import type { PageContext } from '../page-context.ts'
import { page, queryOfPage } from '../page-request.ts'
import { sendPage } from '../send-page.ts'
import { alertRecord } from './alert-record.ts'
import { deliveriesTable } from './deliveries-table.ts'
import { slotsTable, upcomingList } from './slots-table.ts'

/** `/deliveries`: what was due and what was sent; a message may be sent once more. */
export function deliveriesPages(context: PageContext): Route[] {
  return [
    page('/deliveries', (exchange) => showDeliveries(context, exchange)),
    { method: 'POST', path: '/deliveries/{id}/again', handle: (exchange) => sendOnceMore(context, exchange) },
  ]
}

async function showDeliveries(context: PageContext, exchange: Exchange): Promise<void> {
  const { workspace } = context
  const asked = deliveriesRequest(await queryOfPage(exchange, deliveriesQuery))
  const { timeZone, next } = await scheduleState(workspace)
  const value = await loadDeliveriesPage(workspace, next, asked)
  const { url = '/deliveries' } = exchange.request
  sendPage(context, exchange, {
    title: 'Deliveries and slots',
    path: '/deliveries',
    body: html`<h1>${value.headline}</h1>
<div class="beside">${slotsTable(value, timeZone)}${upcomingList(value, timeZone)}</div>
${deliveriesTable(value, { timeZone, url, sort: asked.sort, field: formField(exchange) })}
${alertRecord(value, timeZone)}`,
  })
}

async function sendOnceMore({ workspace }: PageContext, exchange: Exchange): Promise<void> {
  await checkForm(exchange)
  const { id = '' } = exchange.params
  const again = /^\d{1,15}$/.test(id)
    ? await sendAgain(workspace.database.db, Number(id), workspace.clock.now())
    : undefined
  if (again === undefined) throw notFound(`There is no message of the number ${id} that was sent or given up.`)
  sendElsewhere(exchange.response, '/deliveries#deliveries')
}
