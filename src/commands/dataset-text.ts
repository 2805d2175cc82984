import type { DatasetStats, TierStats } from '../datasets/dataset-stats.ts'
import { counted } from '../shared/counted.ts'
import { count } from '../shared/format-number.ts'
import type { DatasetCheck } from '../workflows/check-dataset.ts'
import type { ListedDataset } from '../workflows/describe-datasets.ts'
import type { Detectable } from '../workflows/detectable-differences.ts'
import { detectableText } from './detectable-text.ts'
import { textTable } from './text-table.ts'

const listColumns = [
  { title: 'dataset' },
  { title: 'versions' },
  { title: 'samples', align: 'right' as const },
  { title: 'labelled in the newest version' },
  { title: 'folder' },
]

export function listText(datasets: readonly ListedDataset[]): string {
  if (datasets.length === 0) return 'No dataset here. Make one: npx incumbent datasets import <file> --name <name>'
  return textTable(listColumns, datasets.map(listRow))
}

function listRow(dataset: ListedDataset): string[] {
  const { name, folder } = dataset
  if (dataset.status === 'broken') return [name, '', '', `broken: npx incumbent datasets check ${name}`, folder]
  const { description, newest } = dataset
  const labelled = newest.tiers.map((tier) => `${tier.task} ${count(tier.labelled)}`)
  const versions = description.versions.map(({ version }) => version)
  return [name, versions.join(', '), count(newest.samples), labelled.join(', ') || 'nothing', folder]
}

export function checkText({ dataset, versions, problems, warnings }: DatasetCheck): string {
  const sums = `${counted(problems.length, 'problem')}, ${counted(warnings.length, 'warning')}`
  return [
    `${[dataset, ...versions].join(' ')}: ${sums}`,
    ...problems.map((problem) => `  ✗ ${problem}`),
    ...warnings.map((warning) => `  ! ${warning}`),
  ].join('\n')
}

export function statsText(stats: DatasetStats, detectable: readonly Detectable[]): string {
  const { shortest, median, longest } = stats.words
  const parts = [
    `${stats.name}@${stats.version}: ${counted(stats.samples, 'sample')}, of ${count(shortest)} to ${count(longest)} words (median ${count(median)})`,
    countTable('length', stats.lengths),
    countTable('category', stats.categories),
    countTable('complexity', stats.complexities),
    ...(Object.keys(stats.tags).length === 0 ? [] : [countTable('tag', stats.tags)]),
    textTable(tierColumns, stats.tiers.map(tierRow)),
    ...(detectable.length === 0 ? [] : [detectableText(detectable)]),
  ]
  return parts.join('\n\n')
}

const tierColumns = [
  { title: 'tier' },
  { title: 'labelled', align: 'right' as const },
  { title: 'unlabelled', align: 'right' as const },
  { title: 'hash' },
  { title: 'verified by' },
]

function tierRow({ task, labelled, unlabelled, hash, verifiedBy }: TierStats): string[] {
  const people = Object.entries(verifiedBy).map(([name, labels]) => `${name} (${count(labels)})`)
  return [task, count(labelled), count(unlabelled), hash.slice(0, 12), people.join('; ')]
}

function countTable(title: string, counts: Record<string, number>): string {
  const columns = [{ title }, { title: 'samples', align: 'right' as const }]
  return textTable(
    columns,
    Object.entries(counts).map(([name, samples]) => [name, count(samples)]),
  )
}
