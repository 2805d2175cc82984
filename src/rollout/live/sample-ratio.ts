import { logLikelihoodRatio, logMeanExp } from '../guards/mixture-log-e.ts'

/** Whether the share of requests that reached the challenger is the one that was set. */
export interface SampleRatio {
  status: 'healthy' | 'broken' | 'unknown'
  /** Seen; null without requests. */
  share: number | null
  /** Log of the e-process for "the share is the one that was set". */
  logE: number
}

const alpha = 0.001
const multiples = [0.25, 0.5, 0.75, 1.25, 1.5, 1.9]
/** The requests of one key go to one arm together: so many are taken for one that was drawn. */
const requestsPerKey = 10
/** Relative; a smaller deviation does no harm. */
const leastDeviation = 0.25

/**
 * Looks for a broken split (sample ratio mismatch): an e-process, so that it may be asked after every request, and a
 * deviation that matters.
 * @param set share that was set, above 0 and at most 0.5
 */
export function sampleRatio(challenger: number, incumbent: number, set: number): SampleRatio {
  const n = challenger + incumbent
  if (n === 0) return { status: 'unknown', share: null, logE: 0 }
  const share = challenger / n
  const [drawn, others] = [challenger / requestsPerKey, incumbent / requestsPerKey]
  const logE = logMeanExp(multiples.map((multiple) => logLikelihoodRatio(drawn, others, multiple * set, set)))
  const isBroken = logE >= Math.log(1 / alpha) && Math.abs(share - set) > leastDeviation * set
  return { status: isBroken ? 'broken' : 'healthy', share, logE }
}
