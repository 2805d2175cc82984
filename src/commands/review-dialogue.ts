import { isJsonObject, type JsonObject, type JsonValue } from '../shared/json.ts'
import { correctedTarget } from '../tasks/corrected-target.ts'
import type { ReviewItem, ReviewReply } from '../workflows/review-dataset.ts'

export interface Terminal {
  /** Asks for the next line; undefined at the end of the input. */
  ask: (prompt: string) => Promise<string | undefined>
  print: (text: string) => void
}

const prompt = '[Enter] accepts · path = JSON corrects · s skips · q quits > '

/** Shows labels in a terminal and takes what a person types about each. */
export function reviewDialogue({ ask, print }: Terminal): (item: ReviewItem) => Promise<ReviewReply> {
  let shown: string | undefined
  return async (item) => {
    if (shown !== item.sample.key) print(inputText(item))
    shown = item.sample.key
    print(labelText(item, item.label.target))
    return replyTo(item, { ask, print })
  }
}

async function replyTo(item: ReviewItem, { ask, print }: Terminal): Promise<ReviewReply> {
  let target = item.label.target
  for (;;) {
    const line = (await ask(prompt))?.trim()
    if (line === undefined || line === 'q') return { action: 'quit' }
    if (line === 's') return { action: 'skip' }
    if (line === '') return target === item.label.target ? { action: 'accept' } : { action: 'correct', target }
    const correction = correctedTarget(item.task, target, line)
    if (correction.status === 'refused') print(`  Not taken: ${correction.reason}`)
    else {
      target = correction.target
      print(labelText(item, target))
    }
  }
}

function inputText({ sample: { key, input, notes } }: ReviewItem): string {
  const parts = Object.entries(input).map(([name, value]) => `${name}: ${shownText(value)}`)
  return ['', `━━ ${key} ━━`, ...parts, ...(notes === undefined ? [] : [`(notes: ${printable(notes)})`])].join('\n')
}

function labelText({ task, number, of, label }: ReviewItem, target: JsonObject): string {
  const { notes, verifiedBy } = label
  return [
    '',
    `${task.title} (${number} of ${of})`,
    ...fieldLines(target, ''),
    ...(notes ? [`  (notes: ${printable(notes)})`] : []),
    ...(verifiedBy === undefined ? [] : [`  (verified by: ${printable(verifiedBy)})`]),
  ].join('\n')
}

/** One line a field, under the path by which it can be corrected. */
function fieldLines(value: JsonValue, path: string): string[] {
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([key, inner]) => fieldLines(inner, path === '' ? key : `${path}.${key}`))
  }
  if (Array.isArray(value) && value.some(isJsonObject)) {
    return [`  ${path} =`, ...value.map((entry) => `    ${JSON.stringify(entry)}`)]
  }
  return [`  ${path} = ${JSON.stringify(value)}`]
}

function shownText(value: JsonValue): string {
  return typeof value === 'string' ? printable(value) : JSON.stringify(value)
}

/** Data must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '')
}
