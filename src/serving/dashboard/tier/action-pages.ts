import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import { UserError } from '../../../shared/user-error.ts'
import { WorkFailed } from '../../../shared/work-failed.ts'
import { type TierPage, tierPage } from '../../../workflows/pages/tier.ts'
import {
  longest,
  needsReason,
  sayOnTier,
  type TierActionName,
  tierActionNames,
} from '../../../workflows/pages/tier-actions.ts'
import { notFound } from '../../api/api-error.ts'
import type { Exchange } from '../../http/exchange.ts'
import { sendElsewhere } from '../../http/send.ts'
import { checkForm, formField } from '../form-token.ts'
import type { PageContext } from '../page-context.ts'
import { sendPage } from '../send-page.ts'
import { tierNumber } from './tier-number.ts'

interface Sent {
  by?: string
  reason?: string
  model?: string
  problem?: string
}

/** Asks for a name and a reason before anything is changed. */
export async function confirmAction(context: PageContext, exchange: Exchange): Promise<void> {
  await showForm(context, exchange, {})
}

/** Carries what the form says, as the command of the same name does; then back to the tier. */
export async function actOnTier(context: PageContext, exchange: Exchange): Promise<void> {
  const tier = tierNumber(context, exchange)
  const action = actionIn(exchange)
  const form = await checkForm(exchange)
  const [by, reason, model] = [
    exchange.caller ?? form.get('by') ?? '',
    form.get('reason') ?? '',
    form.get('model') ?? '',
  ]
  try {
    await sayOnTier(context.workspace, tier, action, { by, reason, model })
  } catch (error) {
    if (!(error instanceof UserError) && !(error instanceof WorkFailed)) throw error
    return showForm(context, exchange, { by, reason, model, problem: error.message })
  }
  await context.refreshRoutes()
  sendElsewhere(exchange.response, `/tiers/${tier}?done=${action}`)
}

/** @throws GatewayError 404 */
function actionIn({ params }: Exchange): TierActionName {
  const action = tierActionNames.find((name) => name === params.action)
  if (action !== undefined) return action
  throw notFound(`Expected one of ${tierActionNames.join(', ')}, got ${params.action}.`)
}

const does: Record<TierActionName, { title: string; words: string; button: string }> = {
  approve: {
    title: 'Approve',
    words: 'A proposal starts, a proven challenger serves users, and what is paused or in an incident goes on.',
    button: 'Approve',
  },
  pause: {
    title: 'Pause the rollout',
    words: 'The incumbent answers every request until somebody approves.',
    button: 'Pause',
  },
  reject: {
    title: 'Reject the challenger',
    words: 'The rollout ends and its challenger is locked until one of its parts changes.',
    button: 'Reject',
  },
  abort: {
    title: 'Abort the rollout',
    words: 'The rollout ends; the next verdict may open it again.',
    button: 'Abort',
  },
  pin: {
    title: 'Pin the seat',
    words: 'The model that holds the seat stays there: nothing moves by itself until the pin is taken away.',
    button: 'Pin',
  },
  unpin: { title: 'Take the pin away', words: 'What the pin had stopped goes on.', button: 'Unpin' },
  assign: {
    title: 'Assign the seat',
    words: 'The model gets the seat at once, whatever the evidence says; what is on its way ends.',
    button: 'Assign',
  },
  rollback: {
    title: 'Roll back',
    words: 'What is on its way ends and its challenger is locked; without a rollout the last good model comes back.',
    button: 'Roll back',
  },
}

async function showForm(context: PageContext, exchange: Exchange, sent: Sent): Promise<void> {
  const tier = tierNumber(context, exchange)
  const action = actionIn(exchange)
  const page = await tierPage(context.workspace, tier)
  const { title, words, button } = does[action]
  const { seat } = page
  const standing = seat.rollout?.sentence ?? (seat.model === null ? 'The seat is vacant.' : `${seat.model} holds it.`)
  const look = action === 'rollback' ? 'danger' : 'filled'
  sendPage(context, exchange, {
    title: `${title}: tier ${tier}`,
    path: `/tiers/${tier}/${action}`,
    status: sent.problem === undefined ? 200 : 409,
    isSimulated: seat.isSimulated,
    body: html`<div class="narrow"><p class="small"><a href="/tiers/${tier}">Tier ${tier} ${seat.name}</a></p>
<h1>${title}: tier ${tier}</h1><p class="lede">${words}</p><p>Now: ${standing}</p>
${page.actions.includes(action) || sent.problem !== undefined ? nothing : notOffered(action)}
${sent.problem === undefined ? nothing : html`<p class="error" role="alert">Nothing was changed. ${sent.problem}</p>`}
<form method="post" action="/tiers/${tier}/${action}" class="form">${formField(exchange)}
${action === 'assign' ? modelField(page, sent) : nothing}
${nameField(exchange, sent)}
<label for="reason">Reason${needsReason(action) ? '' : ' (may be left out)'}, kept in the record of the seat</label>
<textarea id="reason" name="reason" rows="3" maxlength="${longest.reason}"${needsReason(action) ? html` required` : nothing}>${sent.reason ?? ''}</textarea>
<div class="actions"><button class="button ${look}">${button}</button><a class="button" href="/tiers/${tier}">Leave it as it is</a></div></form></div>`,
  })
}

/** For whoever follows an old link. */
function notOffered(action: TierActionName): Html {
  const words = does[action].button.toLowerCase()
  return html`<p class="stale">As the tier stands now there seems nothing to ${words}; it may be refused.</p>`
}

/** Whoever came with a token is known by its name. */
function nameField({ caller }: Exchange, { by = '' }: Sent): Html {
  if (caller !== undefined) return html`<p class="small">Said by ${caller}, the name of your token.</p>`
  return html`<label for="by">Your name</label><input id="by" name="by" required maxlength="${longest.name}" autocomplete="name" value="${by}">`
}

function modelField({ assignable }: TierPage, { model }: Sent): Html {
  const options = assignable.map((name) => html`<option${name === model ? html` selected` : nothing}>${name}</option>`)
  return html`<label for="model">Model</label><select id="model" name="model" required><option value="">Choose a model</option>${options}</select>`
}
