import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Drift } from '../../src/rollout/drift.ts'
import type { ItemMeans } from '../../src/rollout/drift-means.ts'
import type { RolloutCounts, RolloutStep } from '../../src/rollout/guards/rollout-counts.ts'

type Means = Record<string, number>

interface GuardFixtures {
  mixture: { k: number; n: number; p0: number; logE: number; alarm: boolean }[]
  latencyExceed: { k: number; n: number; p0: number; mult: number[]; logE: number }[]
  errorP0: { k: number; n: number; p0: number }[]
  relative: { kCanary: number; kControl: number; share: number; logE: number }[]
  cusum: { stream: (0 | 1)[]; W: number; alarmAt: number | null }[]
  rollout: { inp: RolloutCounts; out: RolloutStep }[]
  drift: { baseline: Means; current: Means; retest: Means | null; out: Drift }[]
  ppi: {
    human: number[]
    judgeLabelled: number[]
    judgeUnlabelled: number[]
    out: { lambda_: number; estimate: number; se: number; ci: [number, number] }
  }
}

/** The guards' functions with values of the reference implementation. */
export const guardFixtures = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../fixtures/decisions/guards.json'), 'utf8'),
) as GuardFixtures

export function itemMeans(means: Means): ItemMeans {
  return new Map(Object.entries(means))
}
