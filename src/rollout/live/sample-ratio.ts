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
/** Requests of one key go to one arm and come in bunches: a smaller deviation says nothing. */
const leastDeviation = 0.25

/**
 * Looks for a broken split (sample ratio mismatch): an e-process, so that it may be asked after every request, and a
 * deviation that matters, as sticky keys make more of chance than independent requests would.
 * @param set share that was set, above 0 and at most 0.5
 */
export function sampleRatio(challenger: number, incumbent: number, set: number): SampleRatio {
  const n = challenger + incumbent
  if (n === 0) return { status: 'unknown', share: null, logE: 0 }
  const share = challenger / n
  const logE = logMeanExp(multiples.map((multiple) => logLikelihoodRatio(challenger, incumbent, multiple * set, set)))
  const isBroken = logE >= Math.log(1 / alpha) && Math.abs(share - set) > leastDeviation * set
  return { status: isBroken ? 'broken' : 'healthy', share, logE }
}
