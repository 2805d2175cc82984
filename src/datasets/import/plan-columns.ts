import { nearestWord } from '../../shared/nearest-word.ts'
import { UserError } from '../../shared/user-error.ts'
import { complexities } from '../dataset.ts'
import type { ColumnChoices, ColumnPlan, InputColumn, TargetColumn } from './column-plan.ts'
import { guessTarget, pathFrom } from './guess-target.ts'
import { objectIn } from './object-in.ts'
import type { Rows } from './read-rows.ts'

type Role = 'key' | 'category' | 'complexity' | 'cluster' | 'notes' | 'verifiedBy'

/** Names under which these columns are usually found, the likeliest first. */
const usualNames: Record<Role, string[]> = {
  key: ['key', 'id', 'sample_id', 'job_id', 'record_id', 'uuid'],
  category: ['category', 'test_category'],
  complexity: ['complexity', 'job_complexity'],
  cluster: ['cluster'],
  notes: ['notes'],
  verifiedBy: ['verified_by'],
}

/**
 * Decides what every column becomes: what a person chose, else what its name says, else a part of the input. A column
 * whose name says that it is an answer never becomes input.
 * @throws UserError when a chosen column does not exist, or when nothing is left for the input
 */
export function planColumns(rows: Rows, choices: ColumnChoices): ColumnPlan {
  const { columns } = rows
  refuseUnknown(columns, choices)
  const roles = Object.fromEntries(
    Object.entries(usualNames).map(([role, names]) => [role, choices[role as Role] ?? named(columns, names, choices)]),
  ) as Record<Role, string | undefined>
  const plan: ColumnPlan = { ...roles, inputs: [], targets: [], leftOut: [] }
  leaveOutOtherWords(plan, rows, choices)
  for (const column of columns) {
    if (!isAssigned(plan, column)) assign(plan, column, contentOf(rows, column), choices)
  }
  if (plan.inputs.length === 0) throw new UserError(noInput(columns))
  return plan
}

/** A column that is called complexity and holds other words than ours is not ours. */
function leaveOutOtherWords(plan: ColumnPlan, { rows }: Rows, choices: ColumnChoices): void {
  const { complexity: column } = plan
  if (column === undefined || choices.complexity !== undefined) return
  const known: readonly string[] = complexities
  const words = rows.map(({ cells }) => cells[column]).filter((word) => word !== undefined && word !== null)
  if (words.every((word) => typeof word === 'string' && known.includes(word.trim().toLowerCase()))) return
  plan.complexity = undefined
  plan.leftOut.push({ column, reason: `it holds other words than ${complexities.join(', ')}` })
}

function isAssigned({ leftOut, ...plan }: ColumnPlan, column: string): boolean {
  return leftOut.some((left) => left.column === column) || Object.values(plan).some((value) => value === column)
}

type Content = 'nothing' | 'objects' | 'values'

function contentOf({ rows }: Rows, column: string): Content {
  const values = rows.map(({ cells }) => cells[column]).filter((value) => value !== undefined && value !== null)
  if (values.length === 0) return 'nothing'
  return values.every((value) => objectIn(value) !== undefined) ? 'objects' : 'values'
}

function assign(plan: ColumnPlan, column: string, content: Content, choices: ColumnChoices): void {
  const inputName = choices.inputs?.get(column)
  const target = targetOf(column, content, choices)
  if (content === 'nothing') plan.leftOut.push({ column, reason: 'no line has a value in it' })
  else if (inputName !== undefined) plan.inputs.push({ column, name: inputName })
  else if (target !== undefined) plan.targets.push(target)
  else if (choices.inputs !== undefined) plan.leftOut.push({ column, reason: 'not among the columns of --input' })
  else plan.inputs.push(inputOf(column, content))
}

function targetOf(column: string, content: Content, { targets, targetTier }: ColumnChoices): TargetColumn | undefined {
  const path = targets?.get(column)
  if (path !== undefined) return { column, path, tier: targetTier }
  const guess = guessTarget(column, targetTier)
  if (guess === undefined) return undefined
  // An answer of one value, such as a column "label", stands in the target under the column's name.
  return { column, tier: guess.tier, path: guess.path ?? (content === 'objects' ? undefined : pathFrom(column)) }
}

/** `input.title` is the input's `title`; a column `input` of objects holds all of it. */
function inputOf(column: string, content: Content): InputColumn {
  return { column, name: column === 'input' && content === 'objects' ? undefined : column.replace(/^input\./, '') }
}

/** A column with a usual name, unless a person gave it another use. */
function named(columns: readonly string[], names: readonly string[], choices: ColumnChoices): string | undefined {
  const free = columns.filter((column) => !choices.inputs?.has(column) && !choices.targets?.has(column))
  return names
    .map((name) => free.find((column) => column.toLowerCase().replaceAll(/[\s-]+/g, '_') === name))
    .find((column) => column !== undefined)
}

function refuseUnknown(columns: readonly string[], choices: ColumnChoices): void {
  const { key, category, complexity, cluster, notes, verifiedBy, inputs, targets } = choices
  const chosen = [
    key,
    category,
    complexity,
    cluster,
    notes,
    verifiedBy,
    ...(inputs?.keys() ?? []),
    ...(targets?.keys() ?? []),
  ]
  for (const column of chosen) {
    if (column === undefined || columns.includes(column)) continue
    const meant = nearestWord(column, columns)
    const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`
    throw new UserError(`Expected a column of the file (${columns.join(', ')}), got "${column}".${hint}`)
  }
}

function noInput(columns: readonly string[]): string {
  return `Expected at least one column for the input among ${columns.join(', ')}: name it with --input.`
}
