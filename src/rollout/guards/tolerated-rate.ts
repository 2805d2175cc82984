/** 1.5 times Laplace's estimate of a rate, kept within limits. */
function toleratedRate(events: number, trials: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, (1.5 * (events + 1)) / (trials + 2)))
}

/** Rate of errors, or of invalid answers, that a challenger may have: from the incumbent's own requests; 1 to 20 %. */
export function toleratedErrorRate(events: number, requests: number): number {
  return toleratedRate(events, requests, 0.01, 0.2)
}

/** Rate at which a challenger may disagree with the incumbent: from their disagreement on golden samples; 5 to 50 %. */
export function toleratedDisagreement(disagreements: number, samples: number): number {
  return toleratedRate(disagreements, samples, 0.05, 0.5)
}
