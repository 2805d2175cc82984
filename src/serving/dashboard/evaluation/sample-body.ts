import { deletedAnswersWords } from '../../../reporting/deleted-answers-words.ts'
import { type Html, html, nothing, trusted } from '../../../reporting/render-html/html.ts'
import { longDate } from '../../../shared/format-date.ts'
import { count, score, signed } from '../../../shared/format-number.ts'
import type { SamplePage } from '../../../workflows/pages/samples.ts'
import { inputText } from '../datasets/input-text.ts'
import { dayOf } from '../day-of.ts'
import { withWholeNames } from '../whole-names.ts'
import { diffTable } from './diff-table.ts'

/** One sample: two models side by side against the target, then what was asked. */
export function sampleBody(page: SamplePage, timeZone: string, now: Date): Html {
  const { evaluation, sample, category, complexity, input } = page
  const { id, tier, tierName, startedAt, dataset } = evaluation
  const where = [category?.replaceAll('_', ' '), complexity].filter((word) => word != null).join(' · ')
  return html`<p class="small"><a href="/evaluations/${id}">Evaluation of ${dayOf(startedAt, timeZone, now)}</a> · <a href="/tiers/${tier}">Tier ${tier} ${tierName}</a> · <a href="/datasets/${dataset}/samples/${encodeURIComponent(sample)}">${dataset}</a></p>
<h1>${withWholeNames(headline(page))}</h1>
<p class="lede">Sample ${sample}${where === '' ? '' : ` · ${where}`}. ${moved(page)}</p>
${neighbours(page)}
${modelChoice(page)}
${deletion(page, timeZone)}
${diffTable(page)}
${input === null ? nothing : html`<section><h2>What was asked</h2>${inputText(input)}</section>`}`
}

function headline({ held, challenger, answers }: SamplePage): string {
  const [one, other] = [answers.held.accuracy, answers.challenger.accuracy]
  if (one === null || other === null) return `${one === null ? held : challenger} was not asked this sample.`
  const difference = other - one
  if (Math.abs(difference) < 0.05) return `Both get ${score(one)} points.`
  const [better, worse] = difference > 0 ? [challenger, held] : [held, challenger]
  return `${better} gets ${score(Math.max(one, other))} points, ${worse} ${score(Math.min(one, other))}.`
}

function moved({ place, challenger }: SamplePage): string {
  if (place === null) return ''
  const { rank, of, pull } = place
  return `It moved the total of ${challenger} by ${signed(pull, 2)} points, number ${count(rank)} of ${count(of)}.`
}

function deletion({ answersDeletedAt }: SamplePage, timeZone: string): Html {
  if (answersDeletedAt === null) return nothing
  return html`<p class="stale">${deletedAnswersWords(longDate(new Date(answersDeletedAt), timeZone))}</p>`
}

function neighbours({ place, evaluation, held, challenger }: SamplePage): Html {
  if (place === null) return nothing
  const link = (key: string | null, words: string, rel: string) =>
    key === null
      ? nothing
      : html`<a rel="${rel}" href="/evaluations/${evaluation.id}/samples/${encodeURIComponent(key)}?models=${encodeURIComponent(`${held},${challenger}`)}">${words}</a>`
  return html`<p class="pager">${link(place.before, 'Moved more', 'prev')} ${link(place.after, 'Moved less', 'next')} <a href="/evaluations/${evaluation.id}?challenger=${encodeURIComponent(challenger)}#samples">All ${count(place.of)}</a></p>`
}

/** Any two of the models; the form sends both as one parameter only with a script, so each pair has its link. */
function modelChoice({ models, held, challenger, evaluation, sample }: SamplePage): Html {
  const others = models.filter(({ model }) => model !== held)
  if (others.length < 2) return nothing
  const items = others.map(({ model }) => {
    const isHere = model === challenger
    const place = `/evaluations/${evaluation.id}/samples/${encodeURIComponent(sample)}?models=${encodeURIComponent(`${held},${model}`)}`
    return html`<li><a href="${place}"${isHere ? trusted(' aria-current="true"') : nothing}>${model}</a></li>`
  })
  return html`<nav aria-label="Models to compare" class="chips"><span class="small">${held} beside</span><ul>${items}</ul></nav>`
}
