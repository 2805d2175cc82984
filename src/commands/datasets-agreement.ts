import { Command } from 'commander'
import { type DatasetOptions, theDataset, withFolder } from './dataset-choice.ts'
import { printJson, printLine } from './print.ts'

export function agreementCommand(): Command {
  return withFolder(new Command('agreement'))
    .description('How far two rounds of labels agree, field by field, and on which samples they differ')
    .argument('<dataset>', 'name or name@version; without a version the newest')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx incumbent datasets agreement job-analysis@v1\n\nThe second labels stand beside the targets: tierN/second-labels.v1.jsonl.',
    )
    .action(async (dataset: string, { folder, json }: DatasetOptions) => {
      const [{ labelAgreement }, { agreementText }] = await Promise.all([
        import('../workflows/label-agreement.ts'),
        import('./agreement-text.ts'),
      ])
      const { path, version } = theDataset(dataset, folder)
      const agreement = labelAgreement(path, version)
      if (json) printJson(agreement)
      else printLine(agreementText(agreement))
    })
}
