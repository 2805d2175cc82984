import { Command, InvalidArgumentError } from 'commander'
import { datasetNamePattern, parseVersion } from '../datasets/dataset-reference.ts'
import type { ColumnChoices } from '../datasets/import/column-plan.ts'
import { importText } from './import-text.ts'
import { tierFolder } from './options.ts'
import { printJson, printLine } from './print.ts'

interface ImportOptions extends Omit<ColumnChoices, 'inputs' | 'targets' | 'targetTier'> {
  name: string
  folder: string
  datasetVersion?: string
  input?: ReadonlyMap<string, string>
  target?: ReadonlyMap<string, string>
  targetTier: string
  skipBad?: boolean
  dryRun?: boolean
  json?: boolean
}

const examples = `
Examples:
  $ npx incumbent datasets import tickets.csv --name tickets
  $ npx incumbent datasets import tickets.csv --name tickets --input title,text=body --target team=queue --dry-run

Columns that are not named are guessed: "id" is the key, "expected_team" and "target.team" are the target's "team",
"label" and "answer" are targets too, and the others become the input. Lists in a CSV: expected_tags[] with a;b;c.`

export function importCommand(): Command {
  return new Command('import')
    .description('Makes a dataset, or the next version of one, of a .jsonl or .csv of your own')
    .argument('<file>', '.jsonl, .ndjson, .csv or .tsv')
    .requiredOption('--name <name>', 'name of the dataset', datasetName)
    .option('--folder <folder>', 'where the datasets are', 'golden-datasets')
    .option('--dataset-version <version>', 'version to make (default: the next one)', versionName)
    .option('--input <columns>', 'columns of the input: title,text or text=body to rename one', renamedColumns)
    .option('--target <columns>', 'columns of the target: path=column,…', renamedColumns)
    .option('--target-tier <tier>', 'tier that the targets are for: 1, or the name of its folder', tierFolder, 'tier1')
    .option('--key <column>', 'column of the key (default: made of the input)')
    .option('--category <column>', 'column of the category')
    .option('--complexity <column>', 'column of the complexity (simple, moderate, complex)')
    .option('--cluster <column>', 'column that is equal for samples that depend on each other')
    .option('--notes <column>', 'column of notes')
    .option('--verified-by <column>', 'column that says who stands for the target')
    .option('--skip-bad', 'leave out lines that cannot be taken, instead of writing nothing')
    .option('--dry-run', 'say what would be done and write nothing')
    .option('--json', 'print one JSON document')
    .addHelpText('after', examples)
    .action(runImport)
}

async function runImport(file: string, options: ImportOptions): Promise<void> {
  const { importDataset } = await import('../workflows/import-dataset.ts')
  const { name, folder, datasetVersion, input, target, skipBad = false, dryRun = false, json, ...columns } = options
  const report = importDataset({
    file,
    root: folder,
    name,
    version: datasetVersion,
    columns: { ...columns, inputs: input, targets: target },
    skipBad,
    dryRun,
  })
  if (json) printJson(report)
  else printLine(importText(report))
}

function datasetName(text: string): string {
  if (datasetNamePattern.test(text)) return text
  throw new InvalidArgumentError(`expected lower-case letters, digits and hyphens, got "${text}".`)
}

function versionName(text: string): string {
  try {
    return parseVersion(text)
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
}

/** `title,text=body`: column → the name that it gets in the input or the target. */
function renamedColumns(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(',').map((part): [string, string] => {
      const [name = '', column = name, ...rest] = part.split('=').map((side) => side.trim())
      if (name !== '' && column !== '' && rest.length === 0) return [column, name]
      throw new InvalidArgumentError(`expected columns such as title,text=body, got "${text}".`)
    }),
  )
}
