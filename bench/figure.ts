/** One measured figure beside what it must keep to. */
export interface Figure {
  what: string
  /** Where it was measured: which database, which kind of provider. */
  where: string
  unit: '× ideal' | '× first' | 'ms' | 'calls/s' | 'MB' | 'calls' | '%'
  measured: number
  limit: { atMost: number } | { atLeast: number }
  /** The same of the best-known peer on such a machine; undefined where nobody measured it. */
  peer: number | undefined
  /** All runs, of which `measured` is the best. */
  runs: number[]
}

export function keepsLimit({ measured, limit }: Figure): boolean {
  return 'atMost' in limit ? measured <= limit.atMost : measured >= limit.atLeast
}

/** The best of several runs of the same: what disturbs a run on a shared machine only makes it worse. */
export function bestOf(runs: readonly number[], limit: Figure['limit']): number {
  return 'atMost' in limit ? Math.min(...runs) : Math.max(...runs)
}

export function figure(description: Omit<Figure, 'measured'>): Figure {
  return { ...description, measured: bestOf(description.runs, description.limit) }
}
