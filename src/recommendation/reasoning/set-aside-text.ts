import { confidence } from '../../shared/format-number.ts'
import { counted } from './blocking-words.ts'
import type { Explained, Story } from './story.ts'

type Dropped = NonNullable<Explained['dropped']>[number]
type Locked = NonNullable<Explained['locked']>[number]

/** The challengers that were asked and not judged: dropped by racing, or locked. Empty where there are none. */
export function setAsideText({ dropped = [], locked = [], applies = true }: Story): string {
  const saved = dropped.reduce((sum, { planned, asked }) => sum + planned - asked, 0)
  const parts = [
    section(
      `Dropped by racing, which saved ${counted(saved, 'call')}:`,
      dropped.map((one) => droppedWords(one, applies)),
    ),
    section('Locked, not compared any more:', locked.map(lockedWords)),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

/** Whether there were challengers that this verdict says nothing about. */
export function isAnySetAside({ dropped = [], locked = [] }: Story): boolean {
  return dropped.length + locked.length > 0
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => `- ${line}`)].join('\n')
}

function droppedWords(dropped: Dropped, applies: boolean): string {
  const { model, reason, samples, repeats, pBetter, pNonInferior, asked, planned } = dropped
  const seen = `${counted(samples, 'sample')}${repeats > 1 ? `, ${repeats} times each` : ''}`
  const why =
    reason === 'unlikely_better'
      ? `only ${confidence(pBetter)} likely to be better`
      : `only ${confidence(pNonInferior)} likely to keep its accuracy inside the margin`
  return `${model}: after ${seen} ${why}. ${asked} of ${planned} calls were made${applies ? '; it counts as a look' : ''}.`
}

export const lockWords: Record<Locked['reason'], string> = {
  dropped_twice: 'dropped twice in a row',
  looks_used_up: 'all its looks are used up',
  rolled_back: 'the seat was taken back from it',
}

function lockedWords({ model, reason, samples }: Locked): string {
  return (
    `${model}: ${lockWords[reason]}. It is asked ${counted(samples, 'sample')} once each, for its trend, until its version or ` +
    'price, the prompt, the scoring or the golden data change.'
  )
}
