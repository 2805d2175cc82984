import { type Html, html, nothing, trusted } from '../../../reporting/render-html/html.ts'
import type { EvaluationPage } from '../../../workflows/pages/evaluation.ts'

/** Every check between a challenger and a switch; what was not passed comes first and is the reason. */
export function checkList({ checks }: Pick<EvaluationPage, 'checks'>): Html {
  if (checks === null) return nothing
  const failed = checks.gates.filter(({ passed }) => passed === false)
  const others = checks.gates.filter(({ passed }) => passed !== false)
  const title =
    failed.length === 0 ? `${checks.model} passes every check` : `Why ${checks.model} does not take the seat`
  return html`<figure class="checks"><figcaption><h3>${title}</h3><p class="note">Each of them stands between a challenger and a switch.</p></figcaption>
<ul>${[...failed, ...others].map(check)}</ul></figure>`
}

function check({ passed, rule, found, needed }: NonNullable<EvaluationPage['checks']>['gates'][number]): Html {
  const mark = passed === null ? marks.open : passed ? marks.passed : marks.failed
  return html`<li class="${mark.name}">${trusted(mark.svg)}<div><span class="hidden">${mark.words}: </span>${rule}<span class="found">${found}${needed === '' ? '' : ` · needed: ${needed}`}</span></div></li>`
}

function picture(path: string): string {
  return `<svg class="glyph" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="${path}"/></svg>`
}

const marks = {
  passed: { name: 'passed', words: 'passed', svg: picture('M3 8.5l3.5 3.5L13 4.5') },
  failed: { name: 'failed', words: 'not passed', svg: picture('M4 4l8 8M12 4l-8 8') },
  open: { name: 'open', words: 'not looked at', svg: picture('M4 8h8') },
}
