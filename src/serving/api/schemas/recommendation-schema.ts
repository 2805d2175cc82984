import * as z from 'zod'
import { blockingReasons, decisions, fieldReasons } from '../../../recommendation/recommendation.ts'
import { termNames } from '../../../recommendation/weights-that-flip.ts'
import { count, difference, interval95, model, share } from './quantities.ts'

export const decision = z
  .enum(decisions)
  .describe('recommend: good enough for the shadow, where it can do no harm, not yet for a switch.')

const flags = z.array(
  z.enum([
    'no_common_items',
    'too_few_items',
    'cost_unknown_both',
    'cost_missing_worst_case',
    'latency_unknown_both',
    'latency_missing_worst_case',
  ]),
)

const head = {
  model: model.describe('The challenger.'),
  commonItems: count.describe('Samples that both were asked.'),
  coverage: share.describe('Common samples as a share of the expected ones.'),
  flags: flags.describe('What the comparison had to assume.'),
}

const differences = {
  clusters: count.describe('Independent groups of samples.'),
  clustersEffective: z.number().describe('The same, less what unequal sizes take away.'),
  delta: difference.describe('Of the totals, in points; positive: the challenger is better.'),
  accuracyDelta: difference.describe('Of the accuracies, in points.'),
  failDelta: z.number().describe('Of the failure rates; positive: the challenger fails more often.'),
  niMargin: z.number().describe('Accuracy points by which a challenger may at most be worse.'),
}

const probability = z.number().describe('Probability, 0 to 1.')

const evidence = {
  se: z.number().describe('Standard error of `delta`, points.'),
  accuracySe: z.number().describe('Standard error of `accuracyDelta`, points.'),
  seUsed: z.number().describe('The error that decided: at least 50 / clusters.'),
  accuracyDeltaUsed: z.number().describe('With the two pseudo-clusters, points.'),
  accuracySeUsed: z.number().describe('With the two pseudo-clusters, points.'),
  alphaLook: probability.describe('Error that this look may spend.'),
  pBetter: probability.describe('That the challenger is better in total.'),
  pNonInferior: probability.describe('That its accuracy is inside the margin.'),
  deltaCi95: interval95.describe('Of `delta`, 95 %.'),
  deltaLowerSwitch: z.number().describe('Lower bound of `delta` at the level of a switch, points.'),
  accuracyLower: z.number().describe('Lower bound of `accuracyDelta` at the level of non-inferiority, points.'),
  shrunkDelta: z.number().describe('The gain to expect in service, points.'),
  mdeTotal80: z.number().describe('Smallest gain that so many samples detect in 80 % of the cases, points.'),
  pFailWorse: probability.describe('That it fails more often than the incumbent.'),
}

const judged = z
  .object({
    ...head,
    ...differences,
    ...evidence,
    look: z.int().min(1).describe('Number of looks at this pair, this one included.'),
    blocked: z.array(z.enum(blockingReasons)).describe('What stands between the challenger and a switch.'),
    state: z.enum(['switch', 'drop', 'recommend', 'inconclusive']).describe('drop: too unlikely to win to go on with.'),
  })
  .meta({ id: 'JudgedComparison', title: 'Comparison', description: 'A challenger held against the incumbent.' })

const tooFewItems = z
  .object({
    ...head,
    ...z.object(differences).partial().shape,
    ...z.object(evidence).partial().shape,
    blocked: z.tuple([z.literal('too_few_items')]).meta({ minItems: 1, maxItems: 1 }),
    state: z.literal('insufficient_data'),
  })
  .meta({
    id: 'UnjudgedComparison',
    title: 'Comparison of too few samples',
    description: 'Differences are absent without common samples, errors and bounds without two groups of them.',
  })

export const comparisonSchema = z.discriminatedUnion('state', [judged, tooFewItems])

const terms = z.object({ accuracy: z.number(), speed: z.number(), cost: z.number() })

const weightsThatFlip = z.object({
  leader: model.describe('Who has the best total by point estimate.'),
  flips: z
    .array(
      z.object({
        term: z.enum(termNames),
        weight: share.describe('The weight now.'),
        side: z.enum(['above', 'below']),
        share: share.describe('Beyond this weight, the others scaled in proportion, another model leads.'),
        winner: model.describe('Who leads beyond it.'),
      }),
    )
    .describe('None: the leader leads whatever the weights are.'),
})

const paretoPlace = z
  .discriminatedUnion('status', [
    z.object({ model, status: z.literal('front') }),
    z.object({ model, status: z.literal('beaten'), by: model.describe('Who is at least as good in everything.') }),
    z.object({ model, status: z.literal('unknown') }),
  ])
  .describe('front: nobody is at least as good in everything; unknown: its cost is not known.')

const samplesNeeded = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('enough') }),
    z.object({ status: z.literal('more'), samples: count, more: count.describe('Than there were.') }),
    z.object({ status: z.literal('out-of-reach') }),
    z.object({ status: z.literal('no-gain') }),
  ])
  .describe('out-of-reach: more than a hundred thousand; no-gain: there is no gain to see.')

const evidenceSchema = z.object({
  termDifferences: z.record(z.string(), terms).describe('By challenger, points; their weighted sum is its `delta`.'),
  weightsThatFlip: weightsThatFlip
    .nullable()
    .describe('At which weights another model would lead. Null: nothing was compared, or the tier has a formula.'),
  paretoFront: z.array(paretoPlace).describe('Who is worth having whatever the weights are.'),
  samplesNeeded: z.record(z.string(), samplesNeeded).describe('By challenger: samples that would show its gain.'),
})

export const recommendationSchema = z
  .object({
    tier: z.union([z.string(), z.number()]).nullable(),
    incumbent: model.nullable().describe('Null: the seat was vacant.'),
    decision,
    target: model.nullable().describe('Who should hold the seat, or enter the shadow. Null: nobody can be named.'),
    reasons: z.array(z.enum([...blockingReasons, ...fieldReasons])).describe('For `recommend`: what blocks a switch.'),
    comparisons: z.array(comparisonSchema).describe('One per challenger, by name.'),
    pBest: z.record(z.string(), share).describe('By model: share of resamples in which it has the best total.'),
    pBestEligible: z.record(z.string(), share).describe('The same among those whose accuracy is inside the margin.'),
    confidence: share.nullish().describe('Of the decision. Null: none to state. Absent: it rests on no comparison.'),
    fallback: model.nullish().describe('Who to turn to while the incumbent fails or is missing. Null: nobody is fit.'),
    evidence: evidenceSchema.optional().describe('Absent in verdicts of earlier versions of the program.'),
  })
  .meta({ id: 'Recommendation', title: 'Recommendation', description: 'The verdict on a tier, as it was decided.' })
