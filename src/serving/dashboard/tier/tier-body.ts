import type { LogColumn } from '../../../database/assignment-log-queries.ts'
import type { ListSort } from '../../../database/list-order.ts'
import { modelName } from '../../../reporting/render-html/glyphs.ts'
import { type Html, html, nothing, trusted } from '../../../reporting/render-html/html.ts'
import { rate } from '../../../shared/format-number.ts'
import type { TierPage } from '../../../workflows/pages/tier.ts'
import type { TierActionName } from '../../../workflows/pages/tier-actions.ts'
import type { Weights } from '../../../workflows/pages/weigh-anew.ts'
import { withWholeNames } from '../whole-names.ts'
import { assignmentLog, lastSaid } from './assignment-log.ts'
import { rolloutPanel } from './rollout-panel.ts'
import { comparisonSection, driftSection, historySection } from './tier-charts.ts'
import { weightsSection } from './weights-section.ts'
import { whySection } from './why-section.ts'

export interface TierView {
  tiers: { id: number; name: string }[]
  timeZone: string
  chosen: Weights
  /** Whether the reader has just said something about the tier. */
  justDone: boolean
  /** Of the page. */
  url: string
  /** Of the record. */
  sort: ListSort<LogColumn> | undefined
}

/** Who is taking or holding the seat, the evidence, and the record. */
export function tierBody(page: TierPage, view: TierView): Html {
  const { timeZone, justDone } = view
  return html`${crumbs(page, view)}
<div class="heading"><h1>${withWholeNames(page.headline)}</h1>${buttons(page)}</div>
${justDone ? lastSaid(page) : nothing}
${standing(page)}
${rolloutPanel(page)}
${page.evaluation === null ? notEvaluated(page) : nothing}
<div class="columns"><div><h2 class="hidden">Evidence</h2>${historySection(page, timeZone)}${driftSection(page, timeZone)}</div>${whySection(page, timeZone)}</div>
${comparisonSection(page)}
${weightsSection(page, view.chosen)}
${assignmentLog(page, view)}`
}

function crumbs({ seat }: TierPage, { tiers }: TierView): Html {
  const links = tiers.map(({ id, name }) =>
    id === seat.tier
      ? html`<li><b aria-current="page">${id} ${name}</b></li>`
      : html`<li><a href="/tiers/${id}">${id} ${name}</a></li>`,
  )
  return html`<nav class="crumbs small" aria-label="Tiers"><span>Tiers</span><ul>${links}</ul></nav>`
}

const words: Record<TierActionName, string> = {
  approve: 'Approve',
  pause: 'Pause',
  reject: 'Reject',
  abort: 'Abort',
  pin: 'Pin',
  unpin: 'Unpin',
  assign: 'Assign',
  rollback: 'Roll back',
}

function buttons({ seat, actions }: TierPage): Html {
  const links = actions.map((action) => {
    const look = action === 'approve' ? ' filled' : action === 'rollback' ? ' danger' : ''
    return html`<a class="button${look}" href="/tiers/${seat.tier}/${action}">${words[action]}</a>`
  })
  return html`<div class="buttons">${links}</div>`
}

const policies: Record<TierPage['seat']['policy'], string> = {
  auto: 'Policy: a proven challenger takes the seat by itself',
  approve: 'Policy: a person is asked before a challenger serves users',
  'recommend-only': 'Policy: recommend only; a person starts everything',
}

function standing({ seat }: TierPage): Html {
  const { model, isSimulated, rollout, pin, policy } = seat
  const share = rollout?.share ?? null
  const isOn = rollout !== null && ['proposed', 'shadow', 'partial', 'paused', 'incident'].includes(rollout.stage)
  const holder =
    model === null
      ? html`The seat is vacant`
      : html`In the seat ${mark('square', isSimulated)}${modelName(model, isSimulated)}${share === null ? '' : ` ${rate(1 - share)} of requests`}`
  const challenger = isOn
    ? html`<p>Challenger ${mark('dot', isSimulated)}${modelName(rollout.challenger, isSimulated)}${share === null ? '' : ` ${rate(share)} of requests`}</p>`
    : nothing
  const pinned =
    pin === null
      ? nothing
      : html`<p><span class="tag">pinned</span> by ${pin.by.replace('manual:', '')}: ${pin.reason}</p>`
  return html`<div class="standing"><p>${holder}</p>${challenger}${pinned}<p class="policy">${policies[policy]}</p></div>`
}

function mark(shape: 'square' | 'dot', isSimulated: boolean): Html {
  return trusted(`<span class="${shape}${isSimulated ? ' simulated-mark' : ''}" aria-hidden="true"></span>`)
}

function notEvaluated({ seat }: TierPage): Html {
  return html`<section class="empty-state"><h2 class="title">No evaluation yet</h2><p>Nothing is known of this tier’s models until they have answered the golden data. This ends that now:</p><p><code>npx incumbent run --tier ${seat.tier}</code></p></section>`
}
