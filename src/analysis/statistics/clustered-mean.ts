export interface Observation {
  value: number
  /** Observations of one cluster are not independent of each other. */
  cluster: string | symbol
  /** 1 where absent. */
  weight?: number
}

export interface ClusteredMean {
  mean: number
  /** Null with fewer than two clusters. */
  standardError: number | null
  clusters: number
  /** n² / Σ n_g²: as many equally large clusters would tell as much. Tests have one degree of freedom less. */
  effectiveClusters: number
}

export type EstimatedMean = ClusteredMean & { standardError: number }

/**
 * Weighted mean with the delete-one-cluster jackknife standard error (decisions.md section 6.1):
 * SE² = (G−1)/G · Σ_g (Σ_{i∈g} w_i (x_i − x̄) / (n − n_g))², n_g being the weight of a cluster and n that of all.
 * @param observations at least one
 */
export function clusteredMean(observations: readonly Observation[]): ClusteredMean {
  let weight = 0
  let sum = 0
  for (const observation of observations) {
    weight += observation.weight ?? 1
    sum += observation.value * (observation.weight ?? 1)
  }
  const mean = sum / weight
  const groups = groupsOf(observations, mean)
  let squares = 0
  for (const group of groups) squares += group.weight ** 2
  return {
    mean,
    standardError: jackknifeError(groups, weight),
    clusters: groups.length,
    effectiveClusters: (weight * weight) / squares,
  }
}

/** Whether there are enough clusters for a standard error. */
export function isEstimated(mean: ClusteredMean): mean is EstimatedMean {
  return mean.standardError !== null
}

interface Group {
  residual: number
  weight: number
}

function groupsOf(observations: readonly Observation[], mean: number): Group[] {
  const groups = new Map<string | symbol, Group>()
  for (const { value, cluster, weight = 1 } of observations) {
    const group = groups.get(cluster) ?? { residual: 0, weight: 0 }
    group.residual += weight * (value - mean)
    group.weight += weight
    groups.set(cluster, group)
  }
  return [...groups.values()]
}

function jackknifeError(groups: readonly Group[], weight: number): number | null {
  if (groups.length < 2) return null
  let squares = 0
  for (const group of groups) squares += (group.residual / (weight - group.weight)) ** 2
  return Math.sqrt(((groups.length - 1) / groups.length) * squares)
}
