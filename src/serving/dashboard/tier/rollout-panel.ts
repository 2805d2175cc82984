import { type Guard, guardRow, guardState } from '../../../reporting/charts/guard-row.ts'
import { bar, plainSvg } from '../../../reporting/charts/plain-svg.ts'
import { type Html, html, nothing, trusted } from '../../../reporting/render-html/html.ts'
import { tableHtml } from '../../../reporting/render-html/table-html.ts'
import { rate } from '../../../shared/format-number.ts'
import type { RolloutPicture, StagePicture } from '../../../workflows/pages/rollout-picture.ts'
import type { TierPage } from '../../../workflows/pages/tier.ts'
import { progressWords } from '../progress-words.ts'

/** How far a challenger has come, and what live requests are held to. */
export function rolloutPanel({ seat: { rollout, isSimulated } }: TierPage): Html {
  if (rollout === null) return nothing
  return html`<section class="panel rollout" aria-label="Rollout">
<p class="told">${rollout.sentence} ${progressWords(rollout) ?? ''}</p>
<ol class="stages">${rollout.stages.map((stage, index) => stagePart(stage, index, isSimulated))}</ol>
${guards(rollout, isSimulated)}
</section>`
}

const stateWords: Record<StagePicture['state'], string> = {
  done: '✓ Passed',
  now: 'Now',
  ahead: 'Ahead',
  stopped: '↩ Stopped here',
}

function stagePart({ name, state, progress, seen, needs }: StagePicture, index: number, isSimulated: boolean): Html {
  return html`<li class="stage ${state}"><div class="stage-head"><b>${index + 1} ${name}</b><span class="state">${stateWords[state]}</span></div>
${trusted(stageBar({ state, progress }, isSimulated))}
<p>${seen === '' ? nothing : html`<b>${seen}</b><br>`}${needs}</p></li>`
}

const size = { width: 340, height: 8 }

/** Full where it was passed; else the slower of requests and hours. */
function stageBar({ state, progress }: Pick<StagePicture, 'state' | 'progress'>, isSimulated: boolean): string {
  const share = { done: 1, now: Math.min(1, progress), ahead: 0, stopped: Math.max(0.1, progress) }[state]
  const fill = state === 'stopped' ? 'bad' : isSimulated ? 'sim' : 'challenger'
  const parts = [bar({ x: 0, y: 0, ...size, fill: 'line' })]
  if (share > 0) parts.push(bar({ x: 0, y: 0, width: Math.max(8, size.width * share), height: size.height, fill }))
  const svg = plainSvg(size, `${rate(share)} of what this stage needs`, parts)
  return svg.replace('<svg ', '<svg preserveAspectRatio="none" ')
}

function guards({ guards: all }: RolloutPicture, isSimulated: boolean): Html {
  if (all.length === 0) return nothing
  const rows = all.map((guard) => guardCells({ ...guard, isSimulated }))
  const titles = [
    'Guards, checked with every request',
    'Seen',
    'Upper bound, 95\u202f%',
    'Limit',
    'Seen, bound and limit',
    'State',
  ]
  return tableHtml({ titles, rows, aligns: 'lrrrll' })
}

function guardCells(guard: Guard): (string | Html)[] {
  const state = guardState(guard)
  const share = (value: number | null) => (value === null ? 'nothing yet' : rate(value))
  const tone = { within: 'good', 'not proven yet': 'warn', alarm: 'bad', 'nothing seen yet': 'quiet' }[state]
  const sign = state === 'within' ? '✓ ' : state === 'alarm' ? '✗ ' : ''
  return [
    guard.name,
    share(guard.seen),
    share(guard.bound),
    rate(guard.limit),
    trusted(guardRow(guard).svg),
    html`<span class="tone ${tone}">${sign}${state}</span>`,
  ]
}
