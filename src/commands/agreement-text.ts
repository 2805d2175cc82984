import { counted } from '../shared/counted.ts'
import { count } from '../shared/format-number.ts'
import type { FieldAgreement, LabelAgreement, TaskAgreement } from '../workflows/label-agreement.ts'
import { textTable } from './text-table.ts'

/** Labels that agree less than this need a better rule. */
const sufficient = 0.6

export function agreementText({ dataset, version, tasks }: LabelAgreement): string {
  return [`${dataset}@${version}`, ...tasks.map(taskText)].join('\n\n')
}

function taskText({ task, samples, labelledOnce, fields }: TaskAgreement): string {
  const once = labelledOnce === 0 ? '' : `, ${count(labelledOnce)} only once`
  return [
    `${task}: ${counted(samples, 'sample')} labelled twice${once}`,
    textTable(columns, fields.flatMap(rows)),
    ...fields.filter(({ differing }) => differing.length > 0).map(differences),
    ...weak(fields),
  ].join('\n')
}

const columns = [
  { title: 'field' },
  { title: 'measure' },
  { title: 'agreement', align: 'right' as const },
  { title: '95 % interval' },
  { title: 'differ', align: 'right' as const },
]

function rows({ path, measures, differing }: FieldAgreement): string[][] {
  return measures.map(({ name, value, interval95 }, index) => [
    index === 0 ? path : '',
    name,
    twoDecimals(value),
    interval95 === null ? '' : interval95.map(twoDecimals).join(' to '),
    index === 0 ? count(differing.length) : '',
  ])
}

/** Enough to look at a few; --json names all. */
const shown = 5

function differences({ path, differing }: FieldAgreement): string {
  const more = differing.length > shown ? ` and ${count(differing.length - shown)} more (--json names them)` : ''
  return `  ${path} differs in ${differing.slice(0, shown).join(', ')}${more}`
}

function weak(fields: readonly FieldAgreement[]): string[] {
  const paths = fields.filter(({ measures }) => (measures[0]?.value ?? 1) < sufficient).map(({ path }) => path)
  return paths.length === 0 ? [] : [`  Below ${sufficient}, so that the rule needs sharpening: ${paths.join(', ')}`]
}

/** Minus as U+2212, as in all figures for people. */
export function twoDecimals(value: number | null): string {
  if (value === null) return 'unknown'
  return Number(value.toFixed(2)) < 0 ? `\u2212${Math.abs(value).toFixed(2)}` : Math.abs(value).toFixed(2)
}
