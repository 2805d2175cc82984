import { confidenceRuler } from '../../../reporting/charts/confidence-ruler.ts'
import { verdictBadge } from '../../../reporting/render-html/glyphs.ts'
import { type Html, html, nothing, trusted } from '../../../reporting/render-html/html.ts'
import { longDate } from '../../../shared/format-date.ts'
import { confidence } from '../../../shared/format-number.ts'
import type { RolloutPicture } from '../../../workflows/pages/rollout-picture.ts'
import type { SeatPicture } from '../../../workflows/pages/seat-picture.ts'
import type { TierPage } from '../../../workflows/pages/tier.ts'
import { checkList } from '../evaluation/check-list.ts'
import { withoutTier } from '../without-tier.ts'

/** The part of the page of a tier that it is made from. */
interface Judged extends Pick<TierPage, 'checks' | 'evaluation'> {
  seat: Pick<SeatPicture, 'model' | 'verdict'> & { rollout: Pick<RolloutPicture, 'stage'> | null }
}

/** The verdict, how sure it is, and every rule that it was held to; a broken rule first, as it is the reason. */
export function whySection({ seat, checks, evaluation }: Judged, timeZone: string): Html {
  const { verdict } = seat
  if (verdict === null) return html`<div></div>`
  const { word, of, needed, isSimulated, at, sentence } = verdict
  const look = evaluation?.recommendation.comparisons.find(({ model }) => model === verdict.target)?.look
  const sure = verdict.confidence === null ? nothing : html`<span>${confidence(verdict.confidence)} confident</span>`
  const ruler =
    verdict.confidence === null
      ? nothing
      : trusted(confidenceRuler({ probability: verdict.confidence, of, needed, isSimulated }).svg)
  return html`<section class="why verdict"><h2 class="title">${titleOf(word, verdict.target, seat)}</h2>
<p class="note">Evaluation of ${longDate(new Date(at), timeZone)}${look === undefined ? '' : `, look ${look}`}</p>
<div class="sure">${verdictBadge(word)}${sure}</div>${ruler}
<p>${withoutTier(sentence)}</p>
${checkList({ checks })}
<p><a href="/evaluations/${verdict.evaluation}">Open the evaluation</a></p></section>`
}

/** A verdict outlives what followed from it: a switch may be done, or rolled back. */
function titleOf(word: string, target: string | null, { model, rollout }: Judged['seat']): string {
  if (word === 'Keep') return 'Why it keeps its model'
  if (word !== 'Switch') return 'Why it gathers more'
  if (target === model) return 'Why it switched'
  const isOver = rollout === null || ['rolled-back', 'rejected', 'superseded'].includes(rollout.stage)
  return isOver ? 'Why a switch was recommended' : 'Why it is switching'
}
