import { join } from 'node:path'
import { problemText } from '../datasets/file-problem.ts'
import type { ColumnPlan } from '../datasets/import/column-plan.ts'
import { counted } from '../shared/counted.ts'
import type { ImportReport } from '../workflows/import-dataset.ts'

const shownLines = 20

/** What was mapped, what was left out and why, what was written, and what comes next. */
export function importText(report: ImportReport): string {
  const { name, version, folder, files, isWritten } = report
  const parts = [
    ['Mapped:', ...mapped(report.plan).map(([what, from]) => `  ${what.padEnd(24)} ← ${from}`)],
    leftOut(report),
    [
      `${isWritten ? 'Wrote' : 'Would write'} ${name}@${version} with ${sums(report)}:`,
      ...files.map((path) => `  ${join(folder, path)}`),
    ],
    next(report),
  ]
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

function mapped({ key, inputs, targets, leftOut: _leftOut, ...plan }: ColumnPlan): [string, string][] {
  const single = Object.entries(plan).flatMap(([role, column]): [string, string][] =>
    column === undefined ? [] : [[role === 'verifiedBy' ? 'verified_by' : role, column]],
  )
  return [
    ['key', key ?? '(made of the input)'],
    ...inputs.map(({ column, name }): [string, string] => [name === undefined ? 'input' : `input.${name}`, column]),
    ...targets.map(({ column, path, tier }): [string, string] => [
      [tier, 'target', path].filter(Boolean).join('.'),
      column,
    ]),
    ...single,
  ]
}

function leftOut({ plan, leftOut: lines }: ImportReport): string[] {
  if (plan.leftOut.length + lines.length === 0) return []
  const more = lines.length - shownLines
  return [
    'Left out:',
    ...plan.leftOut.map(({ column, reason }) => `  column "${column}": ${reason}`),
    ...lines.slice(0, shownLines).map((line) => `  ${problemText(line)}`),
    ...(more > 0 ? [`  … and ${counted(more, 'more line')}`] : []),
  ]
}

function sums({ samples, tiers }: ImportReport): string {
  const labelled = tiers.map((tier) => `${tier.labelled} labelled for ${tier.tier}`)
  return [counted(samples, 'sample'), ...labelled].join(', ')
}

function next({ name, folder, tiers, isWritten }: ImportReport): string[] {
  if (!isWritten) return ['Nothing was written (--dry-run).']
  if (tiers.length === 0)
    return ['No column was taken for a target, so nothing can be scored yet: name one with --target path=column.']
  const guessed = tiers.filter(({ isNew }) => isNew).map(({ tier }) => join(folder, tier))
  return [
    ...(guessed.length === 0
      ? []
      : [`Guessed from the targets: prompt, schema and scorers in ${guessed.join(', ')}. Read them.`]),
    `Check it:  npx incumbent datasets check ${name}`,
    'Run it, with this in incumbent.yaml:',
    '  tiers:',
    ...tiers.map(
      ({ tier }, index) => `    ${tierNumber(tier) ?? index + 1}: { task: ${join(folder, tier)}, dataset: ${name} }`,
    ),
  ]
}

function tierNumber(tier: string): string | undefined {
  return /^tier(\d+)$/.exec(tier)?.[1]
}
