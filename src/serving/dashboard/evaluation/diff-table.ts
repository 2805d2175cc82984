import { modelName } from '../../../reporting/render-html/glyphs.ts'
import { type Html, html, nothing } from '../../../reporting/render-html/html.ts'
import { score } from '../../../shared/format-number.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { SamplePage } from '../../../workflows/pages/samples.ts'
import type { ComparedField, FieldAnswer, ShownAnswer } from '../../../workflows/side-by-side.ts'

/** Target and two answers, field by field, with the points that each got; what decided comes first. */
export function diffTable(sample: SamplePage): Html {
  const { fields, answers, held, challenger, answersDeletedAt } = sample
  const failures = [answers.held, answers.challenger].flatMap(failureLine)
  if (fields.length === 0)
    return html`${failures}<p class="empty-state">Nobody gave an answer that could be scored.</p>`
  return html`${failures}<div class="table diff"><table>
<thead><tr><th scope="col">Field</th><th scope="col">Target</th><th scope="col">${head(sample, answers.held, held)}</th><th scope="col">${head(sample, answers.challenger, challenger)}</th></tr></thead>
<tbody>${fields.map(row(sample))}</tbody></table></div>
${answersDeletedAt === null ? legend : nothing}`
}

const legend = html`<p class="note"><span class="wrong">solid underline</span> is wrong or not in the target · <span class="missing">dashed</span> is missing from the answer</p>`

function head({ models }: SamplePage, { accuracy, asked, repeat }: ShownAnswer, model: string): Html {
  const simulated = models.find((each) => each.model === model)?.isSimulated ?? false
  const points = accuracy === null ? 'not asked' : score(accuracy)
  const which = repeat === null || asked < 2 ? '' : `repeat ${repeat} of ${asked}, `
  return html`<span class="line"><span>${modelName(model, simulated)}</span><span class="points">${which}${points}</span></span>`
}

function failureLine({ model, failed, asked, failure }: ShownAnswer): Html[] {
  if (failed === 0) return []
  const why = failure === null ? '' : ` ${failure.kind}: ${failure.message}`
  return [html`<p class="error"><b>${model}</b> failed on ${String(failed)} of ${String(asked)} calls.${why}</p>`]
}

function row({ held, challenger, answersDeletedAt }: SamplePage): (field: ComparedField) => Html {
  const shownOf = answersDeletedAt === null ? marked : () => html`<span class="found">deleted</span>`
  return (field) => {
    const { path, weight, target } = field
    const points = weight === 0 ? 'not counted' : `weight ${weight}`
    return html`<tr><th scope="row">${breakable(path)} <span class="found">${points}</span></th><td class="target" data-title="Target">${shown(target)}</td>
${answerCell(field, field.held, held, shownOf)}${answerCell(field, field.challenger, challenger, shownOf)}</tr>`
  }
}

/** A long path may go on in the next line after a dot. */
function breakable(path: string): Html {
  const parts = path.split(/(?<=[._])/)
  return html`${parts.map((part) => html`${part}<wbr>`)}`
}

function answerCell(
  { target, weight }: ComparedField,
  { value, score: share }: FieldAnswer,
  model: string,
  shownOf: typeof marked,
): Html {
  const points =
    share === null ? '' : weight === 0 ? score(share * 100) : `${plain(share * weight)} of ${plain(weight)}`
  return html`<td data-title="${model}"><span class="line"><span>${shownOf(value, target, share)}</span><span class="points">${points}</span></span></td>`
}

function plain(points: number): string {
  return score(points).replace(/\.0$/, '')
}

/** What is right stays plain; of a list each element is looked at alone. */
function marked(value: JsonValue | null, target: JsonValue | null, share: number | null): Html {
  if (share === 1) return shown(value)
  if (value === null) return html`<span class="missing">${target === null ? 'no answer' : 'nothing'}</span>`
  if (Array.isArray(value) && Array.isArray(target) && [...value, ...target].every(isPlain)) {
    return listDifference(value.map(text), target.map(text))
  }
  return html`<span class="${share === null ? 'plain' : 'wrong'}">${shown(value)}</span>`
}

function isPlain(value: JsonValue): boolean {
  return value === null || typeof value !== 'object'
}

function listDifference(answered: readonly string[], wanted: readonly string[]): Html {
  const known = new Set(wanted.map(comparable))
  const named = new Set(answered.map(comparable))
  const parts = [
    ...answered.map((word) => (known.has(comparable(word)) ? html`${word}` : html`<span class="wrong">${word}</span>`)),
    ...wanted.filter((word) => !named.has(comparable(word))).map((word) => html`<span class="missing">${word}</span>`),
  ]
  return html`${parts.map((part, index) => (index === 0 ? part : html`, ${part}`))}`
}

function comparable(word: string): string {
  return word.trim().toLowerCase()
}

const mostCharacters = 240

/** A value as a person reads it; what is long is folded. */
function shown(value: JsonValue | null): Html {
  const whole = text(value)
  if (whole.length <= mostCharacters) return html`${whole}`
  return html`<details><summary>${whole.slice(0, 80)} …</summary>${whole}</details>`
}

function text(value: JsonValue | null): string {
  if (value === null) return '—'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(text).join(', ')
  if (typeof value !== 'object') return String(value)
  const entries = Object.entries(value)
  return entries.length === 1
    ? text(entries[0]?.[1] ?? null)
    : entries.map(([key, part]) => `${key}: ${text(part)}`).join(', ')
}
