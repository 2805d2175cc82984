import type { Placement } from '../providers/placement.ts'
import { mulberry32, shuffled } from '../shared/mulberry32.ts'

export interface PlannedCall {
  model: string
  sampleKey: string
  /** 0-based. */
  repeat: number
}

/** Calls that are made one after another or, up to `concurrency`, side by side, in this order. */
export interface Block {
  calls: PlannedCall[]
  concurrency: number
  /** The model whose first, uncounted call loads it; undefined where nothing needs loading. */
  warmUp: string | undefined
}

/** Blocks of one lane follow each other; lanes run at the same time. */
export interface Lane {
  name: string
  blocks: Block[]
}

export interface ModelToPlan {
  name: string
  provider: string
  placement: Placement
  isIncumbent: boolean
  repeats: number
  /** Only the first so many samples; undefined: all. */
  samples?: number | undefined
  concurrency: number
}

/** The seeded order in which every model of an evaluation is asked. */
export function seededOrder(sampleKeys: readonly string[], seed: number): string[] {
  return shuffled([...sampleKeys].sort(), mulberry32(seed))
}

/**
 * Breadth first: one repeat of every sample before a second. Remote models of a provider are interleaved in time, so that
 * a slow hour hits all of them; local ones take the accelerator one after another, the incumbent first.
 */
export function planCalls(models: readonly ModelToPlan[], sampleKeys: readonly string[]): Lane[] {
  const lanes: Lane[] = []
  const local = models.filter(({ placement }) => placement === 'local')
  const inProcess = models.filter(({ placement }) => placement === 'in-process')
  for (const [provider, group] of Map.groupBy(
    models.filter(({ placement }) => placement === 'remote'),
    (model) => model.provider,
  )) {
    lanes.push({ name: provider, blocks: [interleaved(incumbentFirst(group), sampleKeys)] })
  }
  if (local.length > 0) {
    const blocks = incumbentFirst(local).map((model) => ({ ...interleaved([model], sampleKeys), warmUp: model.name }))
    lanes.push({ name: 'local', blocks })
  }
  if (inProcess.length > 0)
    lanes.push({ name: 'in-process', blocks: [interleaved(incumbentFirst(inProcess), sampleKeys)] })
  return lanes
}

function incumbentFirst<T extends { isIncumbent: boolean }>(models: readonly T[]): T[] {
  return [...models].sort((a, b) => Number(b.isIncumbent) - Number(a.isIncumbent))
}

function interleaved(models: readonly ModelToPlan[], sampleKeys: readonly string[]): Block {
  const calls: PlannedCall[] = []
  const repeats = Math.max(...models.map((model) => model.repeats))
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const [place, sampleKey] of sampleKeys.entries()) {
      const asked = models.filter(({ repeats: times, samples = place + 1 }) => repeat < times && place < samples)
      calls.push(...asked.map(({ name }) => ({ model: name, sampleKey, repeat })))
    }
  }
  return { calls, concurrency: Math.max(...models.map((model) => model.concurrency)), warmUp: undefined }
}
