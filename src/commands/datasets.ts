import { Command } from 'commander'
import { counted } from '../shared/counted.ts'
import { WorkFailed } from '../shared/work-failed.ts'
import { chosen, type DatasetOptions, rootsOf, withFolder } from './dataset-choice.ts'
import { checkText, listText } from './dataset-text.ts'
import { agreementCommand } from './datasets-agreement.ts'
import { describeCommand } from './datasets-describe.ts'
import { importCommand } from './datasets-import.ts'
import { reviewCommand } from './datasets-review.ts'
import { statsCommand } from './datasets-stats.ts'
import { printJson, printLine } from './print.ts'

export function datasetsCommand(): Command {
  return new Command('datasets')
    .description('Golden data: what models are compared on')
    .addHelpText('after', '\nExample:\n  $ npx incumbent datasets check job-analysis@v0')
    .addCommand(listCommand())
    .addCommand(checkCommand())
    .addCommand(statsCommand())
    .addCommand(describeCommand())
    .addCommand(agreementCommand())
    .addCommand(reviewCommand())
    .addCommand(importCommand())
}

function listCommand(): Command {
  return withFolder(new Command('list'))
    .description('Every dataset with its versions and how much of it is labelled')
    .addHelpText('after', '\nExample:\n  $ npx incumbent datasets list')
    .action(async ({ folder, json }: DatasetOptions) => {
      const { listDatasets } = await import('../workflows/describe-datasets.ts')
      const datasets = listDatasets(rootsOf(folder))
      if (json) return printJson({ datasets })
      printLine(listText(datasets))
    })
}

function checkCommand(): Command {
  return withFolder(new Command('check'))
    .description('Reads everything of a dataset and says what is wrong with it; exits with 1 when anything is')
    .argument('[dataset]', 'name or name@version; without it all datasets are checked')
    .addHelpText('after', '\nExample:\n  $ npx incumbent datasets check job-analysis@v0')
    .action(async (dataset: string | undefined, { folder, json }: DatasetOptions) => {
      const { checkDataset } = await import('../workflows/check-dataset.ts')
      const checks = chosen(dataset, folder).map(({ path, version }) => checkDataset(path, version))
      if (json) printJson({ checks })
      else printLine(checks.map(checkText).join('\n\n'))
      const problems = checks.reduce((sum, check) => sum + check.problems.length, 0)
      if (problems > 0) throw new WorkFailed(`${counted(problems, 'problem')}.`)
    })
}
