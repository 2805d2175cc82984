import { inReadingOrder } from './reading-order.ts'
import { comparisonText } from './reasoning/comparison-text.ts'
import { evidenceText } from './reasoning/evidence-text.ts'
import { headline } from './reasoning/headline.ts'
import { nextText } from './reasoning/next-text.ts'
import { isScoresText, scoresText } from './reasoning/scores-text.ts'
import { setAsideText } from './reasoning/set-aside-text.ts'
import { settingText } from './reasoning/setting-text.ts'
import { type Explained, storyOf } from './reasoning/story.ts'

export type { Explained } from './reasoning/story.ts'

/**
 * The reasoning of a verdict, for a person to act on: the verdict, what was compared on how many samples, each challenger
 * with difference, interval, confidence and everything that blocks it, what the samples can detect at all, what hangs on the weights, the scores,
 * what was left out, and what happens next; also when nothing was compared. Plain text: paragraphs, and lists with "- ".
 * The first paragraph is always the verdict, the last what happens next.
 */
export function explain(explained: Explained): string {
  const story = storyOf(explained)
  const comparisons = inReadingOrder(story.recommendation).map((comparison) => comparisonText(comparison, story))
  const paragraphs = [
    headline(story),
    settingText(story),
    ...comparisons,
    setAsideText(story),
    evidenceText(story),
    scoresText(story),
    nextText(story),
  ]
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')
}

/** The verdict alone, out of a reasoning. */
export function headlineOf(reasoning: string): string {
  return reasoning.split('\n\n')[0] ?? ''
}

/** What happens next, out of a reasoning. */
export function nextOf(reasoning: string): string {
  return reasoning.split('\n\n').at(-1) ?? ''
}

/** A reasoning without its scores and what was left out, where tables stand in their place. */
export function withoutScores(reasoning: string): string {
  return reasoning
    .split('\n\n')
    .filter((paragraph) => !isScoresText(paragraph))
    .join('\n\n')
}
