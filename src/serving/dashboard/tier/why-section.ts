import { confidenceRuler } from '../../../reporting/charts/confidence-ruler.ts'
import { verdictBadge } from '../../../reporting/render-html/glyphs.ts'
import { type Html, html, nothing, trusted } from '../../../reporting/render-html/html.ts'
import { longDate } from '../../../shared/format-date.ts'
import { confidence } from '../../../shared/format-number.ts'
import type { TierPage } from '../../../workflows/pages/tier.ts'
import { checkList } from '../evaluation/check-list.ts'
import { withoutTier } from '../without-tier.ts'

const titles: Record<string, string> = { Switch: 'Why it is switching', Keep: 'Why it keeps its model' }

/** The verdict, how sure it is, and every rule that it was held to; a broken rule first, as it is the reason. */
export function whySection({ seat: { verdict }, checks, evaluation }: TierPage, timeZone: string): Html {
  if (verdict === null) return html`<div></div>`
  const { word, of, needed, isSimulated, at, sentence } = verdict
  const look = evaluation?.recommendation.comparisons.find(({ model }) => model === verdict.target)?.look
  const sure = verdict.confidence === null ? nothing : html`<span>${confidence(verdict.confidence)} confident</span>`
  const ruler =
    verdict.confidence === null
      ? nothing
      : trusted(confidenceRuler({ probability: verdict.confidence, of, needed, isSimulated }).svg)
  return html`<section class="why verdict"><h2 class="title">${titles[word] ?? 'Why it gathers more'}</h2>
<p class="note">Evaluation of ${longDate(new Date(at), timeZone)}${look === undefined ? '' : `, look ${look}`}</p>
<div class="sure">${verdictBadge(word)}${sure}</div>${ruler}
<p>${withoutTier(sentence)}</p>
${checkList({ checks })}
<p><a href="/evaluations/${verdict.evaluation}">Open the evaluation</a></p></section>`
}
