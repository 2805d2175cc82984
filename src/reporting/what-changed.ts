import type { CycleReport, EvaluationReport } from './cycle-report.ts'
import { failureWords } from './failure-words.ts'
import { tierRanges } from './tier-ranges.ts'

/** What a reader should know first: which tiers have another model since the last cycle, and what is on its way. */
export function whatChanged(report: CycleReport): string[] {
  const changes = report.evaluations
    .filter(({ assignment }) => assignment.changed)
    .map(({ tier, tierName, incumbent, assignment, drift }) => {
      const why = drift?.status === 'rollback' ? ` again: ${incumbent} has become worse` : ''
      return `Tier ${tier} ${tierName} is now served by ${assignment.model}${why}.`
    })
  const followed = report.evaluations.flatMap((evaluation) => evaluation.followed)
  // Stored as sentences: that a gone model's tier went to another is one of them.
  const hasMoved = changes.length > 0 || followed.some((sentence) => /^Tier \d+ went from /.test(sentence))
  return [...changes, ...(hasMoved ? [] : ['Nothing changed: every tier keeps its model.']), ...followed]
}

/** What a person can do now, most useful first, each once. */
export function whatToDo(report: CycleReport): string[] {
  const steps = report.evaluations.flatMap((evaluation) => [
    ...driftSteps(evaluation),
    ...decisionSteps(evaluation),
    ...remedies(evaluation),
  ])
  const counted = Map.groupBy(steps, ({ text }) => text)
  return [...counted].map(([text, same]) => {
    const tiers = [...new Set(same.map(({ tier }) => tier))]
    if (same[0]?.takesTiers) return `${text} --tier ${tiers.join(',')}`
    return `${text} (${tiers.length === 1 ? 'tier' : 'tiers'} ${tierRanges(tiers).join(', ')})`
  })
}

interface Step {
  tier: number
  text: string
  /** Whether it ends with a command that takes several tiers at once. */
  takesTiers?: true
}

function driftSteps({ tier, incumbent, drift, assignment }: EvaluationReport): Step[] {
  if (drift?.status !== 'rollback' || assignment.changed) return []
  return [{ tier, text: `Bring the model before ${incumbent} back: ${incumbent} has become worse` }]
}

function decisionSteps(evaluation: EvaluationReport): Step[] {
  const { id, tier, status, recommendation, refusal, assignment } = evaluation
  if (status === 'interrupted')
    return [{ tier, text: `Go on with the interrupted evaluation: npx incumbent resume ${id}` }]
  if (recommendation.decision === 'switch' && refusal !== null)
    return [{ tier, text: `${recommendation.target} is better, but ${refusal}: look at the floor of the tier` }]
  const isFor = recommendation.decision === 'switch' || recommendation.decision === 'recommend'
  if (isFor && !assignment.changed) return movingSteps(evaluation)
  return recommendation.decision === 'invalid_run' ? [failureStep(evaluation)] : []
}

function failureStep({ tier, runs, failures }: EvaluationReport): Step {
  const asked = runs.filter(({ role }) => role !== 'baseline').map(({ model }) => model)
  const failed = asked.filter((model) => failures.some((failure) => failure.model === model))
  const words = failed.map((model) => `${model} ${failureWords(failures, model)}`).join('; ')
  return { tier, text: `Find out why so many calls failed: ${words}` }
}

/** What goes by itself is no work for a person. */
function movingSteps({ tier, recommendation: { decision, target }, rolloutPolicy }: EvaluationReport): Step[] {
  const why = decision === 'switch' ? 'the evidence is sufficient' : 'it is promising, not proven'
  switch (rolloutPolicy) {
    case 'auto':
      return []
    case 'approve':
      return [{ tier, text: `Let ${target} start, ${why}: npx incumbent approve ${tier}, or reject ${tier}` }]
    case 'recommend-only':
      return [{ tier, text: `Try ${target}, ${why}: npx incumbent approve ${tier}` }]
    case null:
      return [
        { tier, text: decision === 'switch' ? `Switch to ${target}: ${why}` : `Try ${target} in the shadow: ${why}` },
      ]
  }
}

function remedies({ tier, skipped, proposals }: EvaluationReport): Step[] {
  const texts = skipped.flatMap(({ remedy }) => remedy ?? []).map((text) => ({ tier, text }))
  const additions = proposals.map(({ model, provider, command }) => {
    const text = `${provider} has ${model}: ${command.replace(/ --tier \d+$/, '')}`
    return { tier, text, takesTiers: true as const }
  })
  return [...texts, ...additions]
}
