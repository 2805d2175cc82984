import type { CycleReport, EvaluationReport } from './cycle-report.ts'
import { failureWords } from './failure-words.ts'

/** What a reader should know first: what is different since the last cycle. One sentence per tier that changed. */
export function whatChanged(report: CycleReport): string[] {
  const changes = report.evaluations
    .filter(({ assignment }) => assignment.changed)
    .map(({ tier, tierName, incumbent, assignment, drift }) => {
      const why = drift?.status === 'rollback' ? ` again: ${incumbent} has become worse` : ''
      return `Tier ${tier} ${tierName} is now served by ${assignment.model}${why}.`
    })
  return changes.length > 0 ? changes : ['Nothing changed: every tier keeps its model.']
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
    return `${text} (${tiers.length === 1 ? 'tier' : 'tiers'} ${tiers.join(', ')})`
  })
}

interface Step {
  tier: number
  text: string
}

function driftSteps({ tier, incumbent, drift, assignment }: EvaluationReport): Step[] {
  if (drift?.status !== 'rollback' || assignment.changed) return []
  return [{ tier, text: `Bring the model before ${incumbent} back: ${incumbent} has become worse` }]
}

function decisionSteps({ id, tier, status, recommendation, refusal, runs, failures }: EvaluationReport): Step[] {
  if (status === 'interrupted')
    return [{ tier, text: `Go on with the interrupted evaluation: npx incumbent resume ${id}` }]
  if (recommendation.decision === 'switch' && refusal !== null)
    return [{ tier, text: `${recommendation.target} is better, but ${refusal}: look at the floor of the tier` }]
  if (recommendation.decision === 'switch')
    return [{ tier, text: `Switch to ${recommendation.target}: the evidence is sufficient` }]
  if (recommendation.decision === 'recommend') {
    return [{ tier, text: `Try ${recommendation.target} in the shadow: it is promising, not proven` }]
  }
  if (recommendation.decision === 'invalid_run') {
    const asked = runs.filter(({ role }) => role !== 'baseline').map(({ model }) => model)
    const failed = asked.filter((model) => failures.some((failure) => failure.model === model))
    const words = failed.map((model) => `${model} ${failureWords(failures, model)}`).join('; ')
    return [{ tier, text: `Find out why so many calls failed: ${words}` }]
  }
  return []
}

function remedies({ tier, skipped, proposals }: EvaluationReport): Step[] {
  const texts = skipped.flatMap(({ remedy }) => remedy ?? [])
  const additions = proposals.map(({ model, provider, command }) => `${provider} has ${model}: ${command}`)
  return [...texts, ...additions].map((text) => ({ tier, text }))
}
