import { mean } from '../analysis/statistics/mean.ts'
import { complexities, type DatasetVersion } from '../datasets/dataset.ts'
import { type DatasetStats, datasetStats } from '../datasets/dataset-stats.ts'
import { loadDatasetVersion } from '../datasets/load-dataset-version.ts'
import { targetSummary } from '../scoring/target-summary.ts'
import { type BaselineScore, baselineScores } from './baseline-scores.ts'
import { type FieldAgreement, twiceLabelled } from './label-agreement.ts'
import { type TaskVersion, taskVersions } from './task-versions.ts'

/** A table of figures; the first column is text. */
export interface FigureTable {
  columns: string[]
  rows: string[][]
}

export const tableKinds = ['samples', 'answers', 'agreement', 'baselines'] as const
export type TableKind = (typeof tableKinds)[number]

/**
 * What a version consists of, as tables for its README: samples by what they are called, answers by field, agreement of two
 * rounds of labels, and what the baselines score. A table that has no rows does not apply to the version.
 * @param version canonical; the newest one when it is undefined
 * @throws UserError for whatever cannot be read
 */
export async function datasetTables(
  folder: string,
  version: string | undefined,
): Promise<Record<TableKind, FigureTable>> {
  const loaded = loadDatasetVersion(folder, version)
  const tasks = taskVersions(loaded)
  const stats = datasetStats(loaded, new Map(tasks.map(({ task, golden }) => [task.name, golden])))
  return {
    samples: samplesTable(stats),
    answers: { columns: ['tier', 'field', 'answers'], rows: tasks.flatMap(answerRows) },
    agreement: agreementTable(loaded),
    baselines: baselinesTable(await baselineScores(tasks), stats),
  }
}

/** Tags count in the group before their colon; those without one stand under "tag". */
function samplesTable({ categories, complexities: byComplexity, lengths, tags }: DatasetStats): FigureTable {
  const groups = Map.groupBy(Object.entries(tags), ([tag]) => (tag.includes(':') ? (tag.split(':')[0] ?? tag) : 'tag'))
  const tagRows = [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, members]) => {
      const names = members.map(([tag, samples]): [string, number] => [tag.slice(tag.indexOf(':') + 1), samples])
      return [group, countsText(names)]
    })
  const rows = [
    ['complexity', countsText(inOrder(byComplexity, complexities))],
    ['length', countsText(Object.entries(lengths).filter(([, samples]) => samples > 0))],
    ['category', countsText(Object.entries(categories))],
    ...tagRows,
  ]
  return { columns: ['by', 'samples'], rows }
}

function inOrder(counts: Record<string, number>, order: readonly string[]): [string, number][] {
  return Object.entries(counts).toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
}

function countsText(counts: readonly (readonly [string, number])[]): string {
  return counts.map(([name, samples]) => `${name} ${samples}`).join(', ')
}

function answerRows({ task, golden }: TaskVersion): string[][] {
  const targets = golden.samples.map(({ key }) => golden.targets.get(key)?.target ?? {})
  return task.scoring.map((field) => [task.name, code(field.path), targetSummary(task, field, targets)])
}

function agreementTable(version: DatasetVersion): FigureTable {
  const columns = ['tier', 'field', 'measure', 'agreement', '95 % interval', 'differ']
  const rows = twiceLabelled(version).flatMap(({ task, samples, fields }) =>
    fields.flatMap((field) => agreementRows(task, samples, field)),
  )
  return { columns, rows }
}

function agreementRows(task: string, samples: number, { path, measures, differing }: FieldAgreement): string[][] {
  return measures.map(({ name, value, interval95 }) => [
    task,
    code(path),
    name,
    value === null ? 'unknown' : value.toFixed(2),
    interval95 === null ? '' : interval95.map((bound) => bound.toFixed(2)).join(' to '),
    `${differing.length} of ${samples}`,
  ])
}

function baselinesTable(scores: readonly BaselineScore[], { categories }: DatasetStats): FigureTable {
  const series = [...Map.groupBy(scores, ({ task, model }) => `${task}, ${model}`)]
  const row = (name: string, isIn: (score: BaselineScore) => boolean) => [
    name,
    ...series.map(([, own]) => mean(own.filter(isIn).map(({ accuracy }) => accuracy))?.toFixed(1) ?? ''),
  ]
  const rows = [
    row('all', () => true),
    ...complexities.map((name) => row(name, ({ sample }) => sample.complexity === name)),
    ...Object.keys(categories)
      .toSorted()
      .map((name) => row(name, ({ sample }) => sample.category === name)),
  ]
  return { columns: ['accuracy', ...series.map(([name]) => name)], rows: series.length === 0 ? [] : rows }
}

function code(text: string): string {
  return `\`${text}\``
}
