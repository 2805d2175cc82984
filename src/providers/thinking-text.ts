export interface SplitText {
  answer: string
  /** What the model thought, where it wrote that into its answer. */
  thinking: string | undefined
}

/**
 * Takes thoughts that stand in front of an answer out of it: `<think>…</think>`, or only `…</think>` where the model's
 * template has opened the block. A block that is never closed has no answer after it.
 */
export function splitThinking(text: string): SplitText {
  const isOpened = text.trimStart().startsWith('<think>')
  const end = text.indexOf('</think>')
  if (end === -1) return isOpened ? { answer: '', thinking: text } : { answer: text, thinking: undefined }
  const thinking = text.slice(0, end).replace(/^\s*<think>/, '')
  return { answer: text.slice(end + '</think>'.length).trimStart(), thinking }
}

/** Why tokens were paid that are no answer; undefined when nothing was thought. */
export function thinkingWarning(thinking: string | undefined): string | undefined {
  const characters = thinking?.trim().length ?? 0
  return characters === 0 ? undefined : `The model thought first: ${characters} characters, left out of the answer.`
}
