import { type ItemScores, itemScores } from '../analysis/item-scores.ts'
import { bootstrapMeans, type ClusterSums, sharesOfBest } from '../analysis/statistics/cluster-bootstrap.ts'
import { isAbove } from '../analysis/statistics/tolerance.ts'
import type { Field } from './field.ts'
import { nonInferiorityMargin } from './non-inferiority-margin.ts'
import { type SharedItem, sharedItems } from './shared-items.ts'

type Shares = Record<string, number>

/**
 * Probability that each model is the best, by a joint bootstrap over the clusters of the items that all models share. It
 * describes; the t tests decide. Empty for a single model, fewer than two clusters or no resamples, the second also
 * without incumbent.
 */
export function probabilityBest(field: Field): { pBest: Shares; pBestEligible: Shares } {
  const { settings, models, incumbent } = field
  if (settings.bootstrap === 0) return { pBest: {}, pBestEligible: {} }
  const items = sharedItems(field)
  const clusters = [...new Set(items.map(({ cluster }) => cluster))].toSorted()
  if (models.length < 2 || clusters.length < 2) return { pBest: {}, pBestEligible: {} }
  const { totals, accuracies } = resampledMeans(field, items, clusters)
  const named = (shares: number[]) => Object.fromEntries(models.map((model, index) => [model, shares[index] ?? 0]))
  const pBest = named(sharesOfBest(totals, settings.tieTol))
  const seat = incumbent === null ? -1 : models.indexOf(incumbent)
  if (seat === -1) return { pBest, pBestEligible: {} }
  const margin = nonInferiorityMargin(settings, clusters.length)
  const isInside = (accuracyDelta: number) => isAbove(accuracyDelta, -margin, settings.tieTol)
  return { pBest, pBestEligible: named(sharesOfBest(eligible(totals, accuracies, seat, isInside), settings.tieTol)) }
}

/** Mean total and mean accuracy of every model in every resample. */
function resampledMeans(field: Field, items: readonly SharedItem[], clusters: readonly string[]) {
  const { settings, models } = field
  const scores = models.map((model, index) => scoresOf(items, index, field, model === field.incumbent))
  const places = new Map(clusters.map((cluster, place) => [cluster, place]))
  const clusterOf = items.map(({ cluster }) => places.get(cluster) ?? 0)
  const series = [
    ...scores.map((own) =>
      sumsOf(
        own.map(({ total }) => total),
        clusterOf,
        clusters.length,
      ),
    ),
    ...scores.map((own) =>
      sumsOf(
        own.map(({ accuracy }) => accuracy),
        clusterOf,
        clusters.length,
      ),
    ),
  ]
  const sizes = sumsOf(
    items.map(() => 1),
    clusterOf,
    clusters.length,
  )
  const means = bootstrapMeans(series, sizes, { resamples: settings.bootstrap, seed: settings.seed })
  return { totals: means.slice(0, models.length), accuracies: means.slice(models.length) }
}

/** A missing cost or latency counts against a switch: 100 for the incumbent, 0 for everybody else. */
function scoresOf(items: readonly SharedItem[], model: number, field: Field, isIncumbent: boolean): ItemScores[] {
  const missing = isIncumbent ? 100 : 0
  const imputed = { speed: missing, cost: missing }
  return items.map(({ calls }) => itemScores(calls[model] ?? [], field.settings, imputed))
}

function sumsOf(values: readonly number[], clusterOf: readonly number[], clusters: number): ClusterSums {
  const sums = new Float64Array(clusters)
  for (const [index, value] of values.entries())
    sums[clusterOf[index] ?? 0] = (sums[clusterOf[index] ?? 0] ?? 0) + value
  return sums
}

/** Totals, with −∞ where the accuracy of the resample is not inside the margin; the incumbent always takes part. */
function eligible(
  totals: readonly Float64Array[],
  accuracies: readonly Float64Array[],
  seat: number,
  isInside: (accuracyDelta: number) => boolean,
): Float64Array[] {
  const held = accuracies[seat] ?? new Float64Array()
  return totals.map((total, index) =>
    total.map((value, resample) => {
      const accuracyDelta = (accuracies[index]?.[resample] ?? Number.NaN) - (held[resample] ?? Number.NaN)
      return index === seat || isInside(accuracyDelta) ? value : Number.NEGATIVE_INFINITY
    }),
  )
}
