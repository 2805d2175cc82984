import type { Analysis } from '../analysis/analysis.ts'
import { defaultSettings } from '../analysis/decision-settings.ts'
import { loadGoldenTargets } from '../database/golden-target-queries.ts'
import { loadOutcomes } from '../database/outcome-queries.ts'
import { loadRecommendation } from '../database/recommendation-queries.ts'
import { type Evaluation, repeatsOf } from '../evaluation/evaluation.ts'
import type { Outcome } from '../evaluation/outcome.ts'
import { evidenceOf } from '../recommendation/evidence.ts'
import type { Recommendation } from '../recommendation/recommendation.ts'
import { movedMost, sampleDifferences } from '../recommendation/sample-differences.ts'
import { weightsInWords } from '../recommendation/weights-in-words.ts'
import { UserError } from '../shared/user-error.ts'
import { explainedPair, type Material, pairOf } from './explained-pair.ts'
import type { Explanation } from './explanation.ts'
import { theEvaluation } from './recommend-again.ts'
import { setAsideOf } from './verdict-input.ts'
import { verdictRecords } from './verdict-records.ts'
import type { Workspace } from './workspace.ts'

const shownSamples = 10

/**
 * Explains the verdict on an evaluation from what is stored.
 * @param wanted the beginning of its id; the challenger to explain, where it is not the one that the verdict turned on
 * @throws UserError when there is no such evaluation, no verdict yet, or no such challenger
 */
export async function explainEvaluation(
  workspace: Workspace,
  wanted: { evaluation: string; model: string | undefined },
): Promise<Explanation> {
  const { db } = workspace.database
  const evaluation = await theEvaluation(workspace, wanted.evaluation)
  const stored = await loadRecommendation(db, evaluation.id)
  if (stored === undefined) {
    throw new UserError(
      `Evaluation ${evaluation.id} is ${evaluation.status} and has no verdict yet: npx incumbent resume ${evaluation.id}`,
    )
  }
  const outcomes = await loadOutcomes(db, evaluation.id)
  const { records, pooled, asked } = await verdictRecords(db, evaluation, stored.input)
  const settings = { ...defaultSettings, ...records.config }
  const material: Material = { evaluation, stored, outcomes, records, asked, pooled, settings }
  const pair = pairOf(material, wanted.model)
  if (pair === undefined) return { ...told(material), pair: null }
  const all = sampleDifferences(pair.records, pair.held, pair.challenger)
  const moved = movedMost(all, shownSamples)
  const targets = await loadGoldenTargets(db, {
    dataset: evaluation.datasetName,
    version: evaluation.datasetVersion,
    tier: evaluation.tier,
    sampleKeys: moved.map(({ sample }) => sample),
  })
  return { ...told(material), pair: explainedPair(material, pair, all, moved, targets) }
}

function told({ evaluation, stored, outcomes, records, pooled, settings }: Material): Omit<Explanation, 'pair'> {
  const recommendation = stored.recommendation as unknown as Recommendation
  const { weights, formula, spanSpeed, spanCost } = settings
  return {
    evaluation: {
      id: evaluation.id,
      tier: evaluation.tier,
      tierName: evaluation.tierName,
      status: evaluation.status,
      startedAt: evaluation.startedAt.toISOString(),
      dataset: `${evaluation.datasetName}@${evaluation.datasetVersion}`,
      samples: evaluation.sampleKeys.length,
      repeats: repeatsOf(evaluation),
      pooled,
      applies: evaluation.applies,
      answersDeletedAt: evaluation.answersDeletedAt?.toISOString() ?? null,
    },
    asked: askedModels(evaluation, outcomes),
    skipped: evaluation.skipped,
    scoring: {
      fields: scoredFields(outcomes),
      references: records.refs,
      settings: { weights, formula, spanSpeed, spanCost },
      words: weightsInWords(settings),
    },
    analysis: stored.analysis as unknown as Analysis,
    recommendation,
    evidence: recommendation.evidence ?? evidenceOf(records, recommendation),
    reasoning: stored.reasoning,
    setAside: setAsideOf(stored),
  }
}

function askedModels({ models }: Evaluation, outcomes: readonly Outcome[]): Explanation['asked'] {
  const byModel = Map.groupBy(outcomes, ({ model }) => model)
  return models.map(({ name, role, providerKind }) => {
    const own = byModel.get(name) ?? []
    const costs = own.flatMap(({ costUsd }) => costUsd ?? [])
    return {
      model: name,
      role,
      simulated: providerKind === 'simulated',
      calls: own.length,
      failed: own.filter(({ status }) => status === 'failed').length,
      costUsd: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
    }
  })
}

/** As any answer that was scored tells them: they are the same for all. */
function scoredFields(outcomes: readonly Outcome[]): Explanation['scoring']['fields'] {
  const scored = outcomes.find((outcome) => outcome.status === 'scored')
  return scored?.status === 'scored' ? scored.fields.map(({ path, scorer, weight }) => ({ path, scorer, weight })) : []
}
