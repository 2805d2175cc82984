import { counted } from '../../shared/counted.ts'
import { rate } from '../../shared/format-number.ts'
import { type BlockingReason, type FieldReason, fieldReasons } from '../recommendation.ts'
import { level } from './blocking-words.ts'
import { isAnySetAside, setAsideCounts } from './set-aside-text.ts'
import type { Story } from './story.ts'

/** The reasons that are no property of one comparison, in sentences. */
export const fieldReasonWords: Record<FieldReason, (story: Story) => string> = {
  no_records: ({ baselines, analysis }) =>
    baselines.some((model) => Object.hasOwn(analysis.models, model))
      ? 'No language model was asked; only the baselines answered, and they never hold a seat.'
      : 'No model was asked.',
  all_models_failed: () => 'Every call of every model failed.',
  incumbent_failing: ({ recommendation: { incumbent }, settings }) =>
    `${incumbent} failed in ${rate(settings.invalidRunFailRate)} of its calls or more, so that nothing can be compared with it.`,
  incumbent_not_in_run: ({ recommendation: { incumbent }, skipped }) => {
    const why = skipped.find(({ model }) => model === incumbent)?.reason
    return `${incumbent}, which holds the seat, was not ${why === undefined ? 'in the run' : `judged: ${why}`}.`
  },
  no_eligible_model: ({ settings }) =>
    `No model is fit to take it: it needs ${counted(settings.minItemsAdvisory, 'sample')} and at most ${rate(settings.failCap)} failed calls.`,
  low_confidence: ({ recommendation, settings }) =>
    recommendation.confidence == null
      ? 'How sure this is cannot be told: there was nothing to compare it with.'
      : `This is below ${level(settings.confidence)}: another run may choose another model.`,
  single_model: (story) =>
    isAnySetAside(story)
      ? `No challenger was left to compare it with: ${setAsideCounts(story)}.`
      : 'No other model was in the run, so that there was nothing to compare it with.',
}

export function isFieldReason(reason: BlockingReason | FieldReason): reason is FieldReason {
  return (fieldReasons as readonly string[]).includes(reason)
}
