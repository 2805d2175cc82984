import { counted, countedOf } from '../../shared/counted.ts'
import { confidence } from '../../shared/format-number.ts'
import type { Explained } from './story.ts'

type Dropped = NonNullable<Explained['dropped']>[number]
type Locked = NonNullable<Explained['locked']>[number]
type SetAside = Pick<Explained, 'dropped' | 'locked' | 'applies'>

/** The challengers that were asked and not judged: dropped by racing, or locked. Empty where there are none. */
export function setAsideText({ dropped = [], locked = [], applies = true }: SetAside): string {
  const saved = dropped.reduce((sum, { planned, asked }) => sum + planned - asked, 0)
  const parts = [
    section(
      `Dropped by racing, which saved ${counted(saved, 'call')}:`,
      dropped.map((one) => droppedWords(one, applies)),
    ),
    lockedSection(locked),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

/** Whether there were challengers that this verdict says nothing about. */
export function isAnySetAside({ dropped = [], locked = [] }: SetAside): boolean {
  return dropped.length + locked.length > 0
}

/** `2 dropped by racing, 1 locked` */
export function setAsideCounts({ dropped = [], locked = [] }: SetAside): string {
  const counts = [`${dropped.length} dropped by racing`, `${locked.length} locked`]
  return counts.filter((text) => !text.startsWith('0 ')).join(', ')
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => `- ${line}`)].join('\n')
}

function droppedWords(dropped: Dropped, applies: boolean): string {
  const { model, reason, samples, repeats, pBetter, pNonInferior, asked, planned } = dropped
  const seen = `${counted(samples, 'sample')}${repeats > 1 ? ` asked ${repeats} times each` : ''}`
  const why =
    reason === 'unlikely_better'
      ? `${confidence(pBetter)} likely to be better`
      : `${confidence(pNonInferior)} likely to keep its accuracy inside the margin`
  return `${model}: ${why} after ${seen}. ${countedOf(asked, planned, 'call')} were made${applies ? '; it counts as a look' : ''}.`
}

export const lockWords: Record<Locked['reason'], string> = {
  dropped_twice: 'dropped twice in a row',
  looks_used_up: 'all its looks are used up',
  rolled_back: 'the seat was taken back from it',
}

/** Until what a lock holds. */
export const lockEnd = 'until its version or price, the prompt, the scoring, the references or the golden data change'

function lockedSection(locked: readonly Locked[]): string {
  const samples = Math.max(0, ...locked.map((one) => one.samples))
  return section(
    `Locked (each is asked ${counted(samples, 'sample')} once, for its trend, and not compared ${lockEnd}):`,
    locked.map(({ model, reason }) => `${model}: ${lockWords[reason]}.`),
  )
}
