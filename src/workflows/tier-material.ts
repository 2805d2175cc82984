import type { Config } from '../config/config.ts'
import type { TierConfig } from '../config/tier-config.ts'
import type { GoldenSet } from '../datasets/dataset.ts'
import { parseVersion } from '../datasets/dataset-reference.ts'
import { loadDatasetVersion } from '../datasets/load-dataset-version.ts'
import { seededOrder } from '../evaluation/plan-calls.ts'
import { counted } from '../shared/counted.ts'
import { UserError } from '../shared/user-error.ts'
import { loadGoldenSet } from '../tasks/load-golden-set.ts'
import { loadTask } from '../tasks/load-task.ts'
import type { Task } from '../tasks/task.ts'
import type { CycleRequest } from './cycle-request.ts'

/** What a tier is asked, with its golden data. */
export interface TierMaterial {
  tier: TierConfig
  task: Task
  golden: GoldenSet
  /** The samples to ask, in the order in which they are asked. */
  sampleKeys: string[]
  seed: number
}

/**
 * Reads and checks what the tiers of a request are evaluated on.
 * @throws UserError for a tier that the configuration does not have, and as `loadTierMaterial`
 */
export function loadMaterials(
  { tiers, baselines }: Pick<Config, 'tiers' | 'baselines'>,
  request: Pick<CycleRequest, 'tiers' | 'dataset' | 'limit'>,
): TierMaterial[] {
  const rules = baselines.length > 0
  return wantedTiers(tiers, request.tiers).map((tier) => loadTierMaterial(tier, request, { rules }))
}

function wantedTiers(tiers: readonly TierConfig[], wanted: readonly number[] | undefined): TierConfig[] {
  const known = tiers.map(({ id }) => id)
  for (const id of wanted ?? []) {
    if (!known.includes(id))
      throw new UserError(`Expected a tier of the configuration (${known.join(', ')}), got ${id}.`)
  }
  return tiers.filter(({ id }) => wanted === undefined || wanted.includes(id))
}

/**
 * Reads and checks what a tier is evaluated on.
 * @param options.rules false where no baseline is asked
 * @throws UserError for every problem of task, dataset or targets, and for fewer samples than an evaluation needs
 */
export function loadTierMaterial(
  tier: TierConfig,
  request: Pick<CycleRequest, 'dataset' | 'limit'>,
  options?: { rules: boolean },
): TierMaterial {
  const task = loadTask(tier.task, options)
  const version = loadDatasetVersion(tier.dataset.folder, wantedVersion(tier, request.dataset))
  const golden = loadGoldenSet(version, task)
  const seed = Number.parseInt(golden.hash.slice(0, 8), 16)
  const order = seededOrder(
    golden.samples.map(({ key }) => key),
    seed,
  )
  const sampleKeys = request.limit === undefined ? order : order.slice(0, request.limit)
  refuseTooFew(tier, golden, sampleKeys.length)
  return { tier, task, golden, sampleKeys, seed }
}

function wantedVersion(tier: TierConfig, asked: string | undefined): string | undefined {
  if (asked === undefined) return tier.dataset.version
  const [first = '', second] = asked.split('@')
  if (second === undefined) return first === tier.dataset.name ? undefined : parseVersion(first)
  if (first !== tier.dataset.name) {
    throw new UserError(
      `--dataset ${asked}: tier ${tier.id} is evaluated on "${tier.dataset.name}" (tiers.${tier.id}.dataset in incumbent.yaml). Give a version of it, such as ${tier.dataset.name}@${second}, or change the configuration.`,
    )
  }
  return parseVersion(second)
}

function refuseTooFew(
  { id, minimumSamples }: TierConfig,
  { name, version, unlabelled }: GoldenSet,
  samples: number,
): void {
  if (samples >= minimumSamples) return
  const missing =
    unlabelled.length === 0
      ? ''
      : ` ${counted(unlabelled.length, 'sample')} ${unlabelled.length === 1 ? 'has' : 'have'} no target for this tier.`
  throw new UserError(
    `Tier ${id}: Golden dataset must have at least ${minimumSamples} jobs; ${name}@${version} gives ${counted(samples, 'labelled sample')}.${missing} Fewer cannot tell models apart.`,
  )
}
