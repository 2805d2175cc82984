/** Holds a model's thoughts back from an answer that comes in parts. */
export interface ThinkingFilter {
  /** What of the answer is sure now; may be empty. */
  push(part: string): string
  /** What was held back until the end and is answer after all. */
  end(): string
  /** What was held back for good. */
  thoughts(): string
  /** Whether thoughts ended that never began in the text: the model's template begins them unseen. */
  opensUnseen(): boolean
}

const opening = '<think>'
const closing = '</think>'

/**
 * The twin of `splitThinking` for streams. Of a model whose template opens the block unseen only the end tells that what
 * came before was thought: where that is known (`isOpened`), all is held back until then, and else the thoughts get out.
 */
export function createThinkingFilter(isOpened: boolean): ThinkingFilter {
  let phase: 'start' | 'thoughts' | 'gap' | 'answer' = isOpened ? 'thoughts' : 'start'
  let held = ''
  let thoughts = ''
  let opensUnseen = false
  /** Enough to see an end of thoughts that is cut in two; undefined once thoughts have ended as they should. */
  let lastOfAnswer: string | undefined = ''

  function skipThoughts(): void {
    const end = held.indexOf(closing)
    if (end === -1) return
    opensUnseen = !isOpenedInText(held)
    thoughts = withoutOpening(held.slice(0, end))
    held = held.slice(end + closing.length)
    lastOfAnswer = undefined
    phase = 'gap'
  }

  function release(): string {
    const text = held
    held = ''
    if (lastOfAnswer !== undefined && !opensUnseen) {
      lastOfAnswer += text
      opensUnseen = lastOfAnswer.includes(closing)
      lastOfAnswer = lastOfAnswer.slice(-closing.length)
    }
    return text
  }

  return {
    push(part) {
      held += part
      if (phase === 'start' && !opening.startsWith(held.trimStart()))
        phase = isOpenedInText(held) ? 'thoughts' : 'answer'
      if (phase === 'thoughts') skipThoughts()
      if (phase === 'gap') {
        // Empty lines between the thoughts and the answer belong to neither.
        held = held.trimStart()
        if (held !== '') phase = 'answer'
      }
      return phase === 'answer' ? release() : ''
    },
    end() {
      if (phase === 'answer' || !isOpenedInText(held)) return release()
      thoughts = withoutOpening(held)
      return ''
    },
    thoughts: () => thoughts,
    opensUnseen: () => opensUnseen,
  }
}

function isOpenedInText(text: string): boolean {
  return text.trimStart().startsWith(opening)
}

function withoutOpening(block: string): string {
  return block.replace(/^\s*<think>/, '').trim()
}
