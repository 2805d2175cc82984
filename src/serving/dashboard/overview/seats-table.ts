import { confidenceRuler } from '../../../reporting/charts/confidence-ruler.ts'
import { differenceChart } from '../../../reporting/charts/difference-chart.ts'
import { stageTrack } from '../../../reporting/charts/stage-track.ts'
import { modelName, verdictBadge } from '../../../reporting/render-html/glyphs.ts'
import { type Html, html, nothing, trusted } from '../../../reporting/render-html/html.ts'
import { lowered } from '../../../shared/capitalized.ts'
import { dayAndMonth, yearIn } from '../../../shared/format-date.ts'
import { confidence, perThousand, scoreWithInterval, timesBeside } from '../../../shared/format-number.ts'
import type { OverviewPage } from '../../../workflows/pages/overview.ts'
import type { SeatPicture, SeatVerdict } from '../../../workflows/pages/seat-picture.ts'
import { drawnOnce } from '../drawn-once.ts'
import { progressWords } from '../progress-words.ts'
import { withoutTier } from '../without-tier.ts'

/** A row a tier: who holds it, how the challengers did against the holder, and what follows. */
export function seatsTable({ seats, at }: OverviewPage, timeZone: string): Html {
  const time = timesBeside(seats.map(({ measured }) => measured?.p50Ms))
  const rows = seats.map((seat) => seatRow(seat, { now: new Date(at), timeZone, time }))
  return html`<section class="plain"><h2 class="title">The seats</h2>
<p class="note">Each challenger against the model in the seat, on the same samples. Right of the line is better.</p>
<div class="seats">
<div class="seats-head" aria-hidden="true"><span>Tier and incumbent</span><span>Difference in total points, 95\u202f% interval</span><span>Recommendation</span></div>
${rows}</div></section>`
}

interface Shown {
  now: Date
  timeZone: string
  /** Words for a time, in one unit for all seats. */
  time: (ms: number) => string
}

function seatRow(seat: SeatPicture, shown: Shown): Html {
  return html`<article class="seat" aria-labelledby="seat-${seat.tier}">
<div class="holder"><h3 class="small" id="seat-${seat.tier}"><a href="/tiers/${seat.tier}">Tier ${seat.tier} · ${seat.name}</a></h3>${holder(seat)}${facts(seat, shown)}</div>
<div class="evidence">${evidence(seat)}</div>
<div class="verdict">${verdict(seat)}</div>
</article>`
}

function holder({ model, isSimulated, pin }: SeatPicture): Html {
  if (model === null) return html`<p class="model">vacant</p>`
  const pinned = pin === null ? nothing : html` <span class="tag">pinned</span>`
  return html`<p class="model"><span class="${isSimulated ? 'square simulated-mark' : 'square'}" aria-hidden="true"></span>${modelName(model, isSimulated)}${pinned}</p>`
}

function facts({ measured, heldSince }: SeatPicture, { now, timeZone, time }: Shown): Html {
  const since =
    heldSince === null ? undefined : `since ${dayAndMonth(new Date(heldSince), timeZone, yearIn(now, timeZone))}`
  const rows: [string, string | undefined][] = [
    ['accuracy', measured?.accuracy == null ? undefined : scoreWithInterval(measured.accuracy, measured.accuracyCi95)],
    ['median time', measured?.p50Ms == null ? undefined : time(measured.p50Ms)],
    ['per 1,000', measured === null ? undefined : perThousand(measured.costPerThousandUsd)],
    ['in the seat', since],
  ]
  const shown = rows.filter(([, value]) => value !== undefined)
  return html`<dl class="seat-facts">${shown.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

function evidence({ differences, verdict: told, running }: SeatPicture): Html {
  const wide = drawnOnce(differenceChart, differences)
  const phone = drawnOnce(differenceChart, differences, 'phone')
  const now =
    running.length === 0
      ? nothing
      : html`<p class="small">An evaluation is running. ${running.map(({ evaluation }) => html`<a href="/evaluations/${evaluation}">Watch it</a>`)}</p>`
  if (wide === undefined || phone === undefined) {
    const why = told === null ? 'Not evaluated yet.' : 'No challenger was compared with the holder this time.'
    return html`<p class="small">${why}</p>${now}`
  }
  return html`<div class="chart wide">${trusted(wide.svg)}</div><div class="chart phone">${trusted(phone.svg)}</div>${now}`
}

function verdict({ verdict: told, rollout, ...seat }: SeatPicture): Html {
  if (told === null) return html`<p class="small">No verdict yet.</p>`
  const { word, of, needed, isSimulated, evaluation, sentence } = told
  const sure = told.confidence === null ? nothing : html`<span>${confidence(told.confidence)} confident</span>`
  const ruler =
    told.confidence === null
      ? nothing
      : trusted(confidenceRuler({ probability: told.confidence, of, needed, isSimulated }).svg)
  const track =
    rollout === null
      ? undefined
      : stageTrack({ challenger: rollout.challenger, isSimulated: seat.isSimulated, stages: rollout.stages })
  return html`<div class="sure">${verdictBadge(word)}${sure}</div>${ruler}${track === undefined ? nothing : trusted(track.svg)}
${gainOf(told, seat.model)}<p class="small">${progressWords(rollout) ?? withoutTier(sentence)} <a href="/evaluations/${evaluation}">Why</a></p>`
}

/** Why the target should have the seat; nothing once it has it. */
function gainOf({ target, gain }: SeatVerdict, holder: string | null): Html {
  if (target === null || gain === null || target === holder) return nothing
  return html`<p class="gain">${target}: ${lowered(gain)}</p>`
}
