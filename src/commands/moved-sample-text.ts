import { countedOf } from '../shared/counted.ts'
import { score, signed } from '../shared/format-number.ts'
import type { JsonValue } from '../shared/json.ts'
import type { MovedSample } from '../workflows/explanation.ts'
import type { ComparedField, FieldAnswer, ShownAnswer } from '../workflows/side-by-side.ts'
import { wrappedColumns } from './wrapped-columns.ts'

const mostLines = 4

/** One sample with its target and both answers, as columns. */
export function movedSampleText(sample: MovedSample, index: number, width: number): string {
  const { difference, pull, category, complexity, answers, fields } = sample
  const about = [category, complexity].filter((word) => word !== null).join(', ')
  const title = `${index + 1}) ${sample.sample}${about === '' ? '' : ` (${about})`}`
  const { accuracy, speed, cost, total } = difference
  const moved = `   total ${signed(total)}: accuracy ${signed(accuracy)}, speed ${signed(speed)}, cost ${signed(cost)}; moves the mean by ${signed(pull, 2)}`
  return [title, moved, ...failures(answers), table(sample, columnsFor(fields), width)]
    .filter((text) => text !== '')
    .join('\n')
}

function failures({ held, challenger }: MovedSample['answers']): string[] {
  return [held, challenger].flatMap(({ model, asked, failed, failure }) => {
    if (asked === 0) return [`   ${model}: not asked in this evaluation`]
    if (failed === 0) return []
    const reason = failure === null ? '' : ` (${failure.kind})`
    return [`   ${model}: ${countedOf(failed, asked, 'call')} failed${reason}, counted 0`]
  })
}

/** Fields that count, and others only where the two differ. */
function columnsFor(fields: readonly ComparedField[]): readonly ComparedField[] {
  return fields.filter(({ weight, differs }) => weight > 0 || differs)
}

function table({ answers }: MovedSample, fields: readonly ComparedField[], width: number): string {
  if (fields.length === 0) return ''
  const fieldWidth = Math.min(30, Math.max(...fields.map(({ path }) => path.length)))
  const cell = Math.max(16, Math.floor((width - 3 - 1 - fieldWidth - 6 - 5 * 2) / 3))
  const widths = [1, fieldWidth, 6, cell, cell, cell]
  const head = ['', 'field', 'weight', 'target', titleOf(answers.held), titleOf(answers.challenger)]
  const rule = widths.map((size) => '─'.repeat(size))
  const rows = fields.map((field) => [
    field.differs ? '≠' : '',
    field.path,
    String(field.weight),
    valueText(field.target),
    answerText(field.held),
    answerText(field.challenger),
  ])
  const text = wrappedColumns([head, rule, ...rows], widths, mostLines)
  return text
    .split('\n')
    .map((line) => `   ${line}`.trimEnd())
    .join('\n')
}

function titleOf({ model, accuracy, repeat, asked }: ShownAnswer): string {
  const shown = asked > 1 && repeat !== null ? ` on average; repeat ${repeat} of ${asked}:` : ''
  return `${model}, accuracy ${accuracy === null ? 'unknown' : score(accuracy)}${shown}`
}

/** The score first: a long answer is cut at its end. */
function answerText({ value, score: share }: FieldAnswer): string {
  const right = share === null ? '' : `[${Math.round(100 * share)}] `
  return `${right}${valueText(value)}`
}

/** Lists as their elements, points by their name, anything else as JSON has it. */
export function valueText(value: JsonValue): string {
  if (value === null) return '–'
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.map(valueText).join('; ')
  if (typeof value === 'object') return typeof value.point === 'string' ? value.point : JSON.stringify(value)
  return typeof value === 'number' ? String(Number(value.toPrecision(10))) : String(value)
}
