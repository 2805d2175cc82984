import { type Html, html } from '../../../reporting/render-html/html.ts'
import { count, estimatedMoney, rate, roundMoney } from '../../../shared/format-number.ts'
import type { OverviewPage } from '../../../workflows/pages/overview.ts'

/** What it costs, what it serves, what was tested, and how often a seat changed hands. */
export function overviewFigures(page: OverviewPage): Html {
  return html`<dl class="figures">
${figure('Cost this month, projected', ...costFigure(page))}
${figure('Requests, last 7 days', count(page.live.requests), failureWords(page))}
${figure('Models tested last', count(page.tested.models), notTestedWords(page))}
${figure('Switches in 52 weeks', count(page.switches.total), switchWords(page))}
</dl>`
}

function figure(label: string, value: string | Html, context: string): Html {
  return html`<div><dt>${label}</dt><dd>${value}<span>${context}</span></dd></div>`
}

function costFigure({ month }: OverviewPage): [Html, string] {
  const { soFarUsd, projectedUsd, projectedCi95, budgetUsd } = month
  const soFar = soFarUsd === null ? 'price unknown' : `${roundMoney(soFarUsd)} so far`
  const [value = '', ...interval] =
    projectedUsd === null ? ['not known yet'] : estimatedMoney(projectedUsd, projectedCi95).split(' ')
  const shown = html`${value} <small>${interval.join(' ').replace(/[()]/g, '')}</small>`
  return [shown, budgetUsd === null ? soFar : `of ${roundMoney(budgetUsd)} budget · ${soFar}`]
}

function failureWords({ live }: OverviewPage): string {
  const { attempts, failedAttempts, failedCi95 } = live
  if (failedCi95 === null) return 'no live requests'
  const [low, high] = failedCi95.map((share) => rate(share))
  return `${rate(failedAttempts / attempts)} of the attempts failed (${low} to ${high})`
}

function notTestedWords({ tested, evaluatedAt }: OverviewPage): string {
  if (evaluatedAt === null) return 'no evaluation yet'
  return tested.notTested === 0 ? 'none left out' : `${count(tested.notTested)} not tested`
}

function switchWords({ switches: { total, back } }: OverviewPage): string {
  if (total === 0) return 'no seat changed hands'
  return back === 0 ? 'none of them back' : `${count(back)} of them back`
}
