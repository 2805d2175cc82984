import { counted } from '../../shared/counted.ts'
import { score } from '../../shared/format-number.ts'
import { isAnySetAside } from './set-aside-text.ts'
import type { Story } from './story.ts'

/** What was compared, on how many samples. */
export function settingText(story: Story): string {
  const { samples, repeats, dataset, baselines, analysis, recommendation, pooled = 0, creep, epochChanges = [] } = story
  const asked = Object.keys(analysis.models).filter((model) => !baselines.includes(model))
  const floor = baselines.filter((model) => Object.hasOwn(analysis.models, model))
  const sentences: string[] = []
  if (asked.length > 0 || floor.length > 0) {
    const times =
      repeats === 1 ? 'each asked once' : `each asked ${isAnySetAside(story) ? 'up to ' : ''}${repeats} times`
    sentences.push(`Asked: ${counted(samples, 'sample')}${dataset === undefined ? '' : ` of ${dataset}`}, ${times}.`)
  }
  const challengers = recommendation.comparisons.map(({ model }) => model)
  if (recommendation.comparisons.length > 0) {
    sentences.push(
      `Compared, sample by sample: ${challengers.join(', ')} with the incumbent ${recommendation.incumbent}.`,
    )
  } else if (asked.length > 0) sentences.push(`Models: ${asked.join(', ')}.`)
  if (pooled > 0) {
    sentences.push(
      `Pooled with ${counted(pooled, 'earlier evaluation')} of the same epoch (same models, prompt, scoring and data), as far as both ran.`,
    )
  }
  if (epochChanges.length > 0) sentences.push(epochWords(epochChanges))
  if (creep !== undefined) sentences.push(creepWords(creep))
  if (floor.length > 0) sentences.push(`Baselines, the floor for every model: ${floor.join(', ')}.`)
  return sentences.join(' ')
}

/** What is new since the evaluation before. */
export function epochWords(changes: readonly string[]): string {
  return `New epoch: ${changes.join('; ')}. Earlier results that this concerns are not pooled, and looks count anew.`
}

/** Why the margin of accuracy is smaller than usual. */
export function creepWords({ givenAway, margin, usual }: NonNullable<Story['creep']>): string {
  return (
    `A switch may give away ${score(margin)} points of accuracy instead of ${score(usual)}, because earlier ones have given ` +
    `away ${score(givenAway)} since a person last approved the accuracy of this tier.`
  )
}
