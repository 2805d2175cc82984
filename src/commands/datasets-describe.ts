import { Command } from 'commander'
import { type DatasetOptions, theDataset, withFolder } from './dataset-choice.ts'
import { printJson, printLine } from './print.ts'

interface DescribeOptions extends DatasetOptions {
  write?: boolean
}

const help = `
Examples:
  $ npx incumbent datasets describe job-analysis@v1
  $ npx incumbent datasets describe job-analysis --write

--write fills the places in the dataset's README.md, for all versions:
  <!-- generated: samples v1 -->
  <!-- end of generated -->
Tables: samples, answers, agreement, baselines.`

export function describeCommand(): Command {
  return withFolder(new Command('describe'))
    .description('Tables of what a version consists of, in Markdown, or written into its README')
    .argument('<dataset>', 'name or name@version; without a version the newest')
    .option('--write', 'fill the tables in README.md instead of printing them')
    .addHelpText('after', help)
    .action(async (dataset: string, { folder, json, write }: DescribeOptions) => {
      const [{ markdownTable, writeReadme }, { datasetTables }] = await Promise.all([
        import('../workflows/dataset-readme.ts'),
        import('../workflows/dataset-tables.ts'),
      ])
      const { path, version } = theDataset(dataset, folder)
      if (write) {
        const written = await writeReadme(path)
        if (json) return printJson(written)
        return printLine(`${written.path} ${written.isChanged ? 'is written anew.' : 'was up to date.'}`)
      }
      const tables = await datasetTables(path, version)
      if (json) return printJson(tables)
      printLine(Object.values(tables).map(markdownTable).join('\n\n'))
    })
}
