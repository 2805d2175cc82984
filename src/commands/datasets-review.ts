import { createInterface } from 'node:readline/promises'
import { Command, InvalidArgumentError } from 'commander'
import { count } from '../shared/format-number.ts'
import type { ReviewReport } from '../workflows/review-dataset.ts'
import { theDataset } from './dataset-choice.ts'
import { tierFolder } from './options.ts'
import { printLine } from './print.ts'
import type { Terminal } from './review-dialogue.ts'

interface ReviewOptions {
  by: string
  tier?: string
  only?: string
  folder?: string
  finish?: boolean
}

const help = `
Examples:
  $ npx incumbent datasets review job-analysis --by "Ada Lovelace" --tier 1
  $ npx incumbent datasets review job-analysis --by "Ada Lovelace" --finish

Who accepts a label gets their name into verified_by. Corrections go into the next version, which is made when the review
has come to its end, or with --finish; a version that may have been used is never changed.`

export function reviewCommand(): Command {
  return new Command('review')
    .description('Goes through the labels with a person, who accepts or corrects each and stands for it')
    .argument('<dataset>', 'name or name@version; without a version the newest')
    .requiredOption('--by <name>', 'the name of the person', personName)
    .option('--tier <tier>', 'only this tier: 1, or the name of its folder', tierFolder)
    .option('--only <key>', 'only this sample')
    .option('--finish', 'make the next version of the corrections there are, and ask nothing')
    .option('--folder <folder>', 'where the datasets are (default: golden-datasets here, then those that come along)')
    .addHelpText('after', help)
    .action(runReview)
}

async function runReview(dataset: string, { by, tier, only, folder, finish }: ReviewOptions): Promise<void> {
  const [{ finishReview, reviewDataset }, { reviewDialogue }] = await Promise.all([
    import('../workflows/review-dataset.ts'),
    import('./review-dialogue.ts'),
  ])
  const { path, version } = theDataset(dataset, folder)
  const request = { folder: path, version, by, tier, only }
  if (finish) return printLine(`Made ${finishReview(request)} of the corrections.`)
  const terminal = standardTerminal()
  try {
    printLine(reportText(await reviewDataset(request, reviewDialogue(terminal))))
  } finally {
    terminal.close()
  }
}

/** Lines that are piped in arrive before they are asked for, so they are iterated and not asked for one by one. */
function standardTerminal(): Terminal & { close: () => void } {
  const { stdin: input, stdout: output } = process
  const lines = createInterface({ input, output, terminal: input.isTTY && output.isTTY })
  const iterator = lines[Symbol.asyncIterator]()
  lines.on('SIGINT', () => lines.close())
  return {
    async ask(prompt) {
      lines.setPrompt(prompt)
      lines.prompt()
      const next = await iterator.next()
      return next.done ? undefined : next.value
    },
    print: printLine,
    close: () => lines.close(),
  }
}

function reportText({ accepted, corrected, skipped, left, corrections, dataset, version }: ReviewReport): string {
  const sums = `${count(accepted)} accepted, ${count(corrected)} corrected, ${count(skipped)} skipped, ${count(left)} left`
  const lines = [`\n${dataset}@${version}: ${sums}.`]
  if (corrections?.status === 'finished') lines.push(`Corrections made ${dataset}@${corrections.version}.`)
  if (corrections?.status === 'draft')
    lines.push(
      `Corrections wait in a draft of ${corrections.version}; go on with the same command, or make it now with --finish.`,
    )
  return lines.join('\n')
}

function personName(text: string): string {
  const name = text.trim()
  if (name !== '' && name.length <= 80 && !/\p{Cc}/u.test(name)) return name
  throw new InvalidArgumentError('expected the name of a person, at most 80 characters on one line.')
}
