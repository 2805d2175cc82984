import { defaultTiers } from './default-tiers.ts'
import { datasetFolder, goldenPath } from './golden-path.ts'
import { completeRollout, type TierRollout } from './tier-rollout.ts'
import { datasetReference, type TierEntry } from './tier-schema.ts'

/** What a tier's owner decided about it. Folders are absolute. */
export interface TierConfig {
  readonly id: number
  readonly name: string
  /** Folder of the task. */
  readonly task: string
  readonly dataset: TierDataset
  readonly candidates: readonly string[]
  /** Role of a candidate in reports: its label here, else the one of its model. */
  readonly labels: Readonly<Record<string, string>>
  /** The model that holds the tier at first; undefined leaves the seat vacant. */
  readonly initial: string | undefined
  readonly weights: { readonly accuracy: number; readonly speed: number; readonly cost: number }
  /** In place of the weighted sum; checked. */
  readonly formula: string | undefined
  readonly targets: TierTargets
  /** Only what differs from the defaults of decisions.md section 6; weights and p95 are above. */
  readonly settings: TierSettings
  /** 0 to 100. */
  readonly minimumAccuracy: number | undefined
  readonly rollout: TierRollout
  readonly fallbacks: readonly string[]
  /** By the length of the request, the shortest first; empty: whoever holds the tier answers all. */
  readonly routes: readonly TokenRoute[]
  /** Cron expression of five fields, in the zone of the schedule. */
  readonly schedule: string
  /** Of language models; a baseline is asked once. */
  readonly repeats: number
  readonly minimumSamples: number
}

export interface TokenRoute {
  /** Longest request of the route in tokens; undefined: any length. */
  readonly upToTokens: number | undefined
  /** `seat`: whoever holds the tier, with its rollout. */
  readonly model: string
}

export interface TierDataset {
  readonly name: string
  /** Canonical (`v1`); undefined is the newest. */
  readonly version: string | undefined
  readonly folder: string
}

/** Undefined latency and cost: the incumbent's first baseline sets the reference. */
export interface TierTargets {
  readonly latencyMs: number | undefined
  readonly costUsd: number | undefined
  readonly p95Ms: number | 'none' | undefined
}

export type TierSettings = Readonly<NonNullable<TierEntry['settings']>>

/**
 * The tiers of the file over the default ones, in the order of their numbers.
 * @param labels of models, by name
 */
export function completeTiers(
  entries: Readonly<Record<string, TierEntry | 'none'>>,
  labels: Readonly<Record<string, string>>,
  folder: string,
): TierConfig[] {
  return Object.entries({ ...defaultTiers, ...entries })
    .flatMap(([id, entry]) => (entry === 'none' ? [] : [completeTier(Number(id), entry, labels, folder)]))
    .sort((a, b) => a.id - b.id)
}

function completeTier(
  id: number,
  entry: TierEntry,
  modelLabels: Readonly<Record<string, string>>,
  folder: string,
): TierConfig {
  const { name = '', task = '', dataset = '', candidates = [], ...rest } = { ...defaultTiers[id], ...entry }
  const labels = { ...defaultTiers[id]?.labels, ...modelLabels, ...entry.labels }
  return {
    id,
    name,
    task: goldenPath(folder, task),
    dataset: readDataset(dataset, folder),
    candidates,
    labels: Object.fromEntries(Object.entries(labels).filter(([model]) => candidates.includes(model))),
    initial: initialModel(id, entry, candidates),
    weights: rest.weights ?? { accuracy: 0.5, speed: 0.3, cost: 0.2 },
    formula: rest.formula,
    targets: { latencyMs: rest.targets?.latencyMs, costUsd: rest.targets?.costUsd, p95Ms: rest.targets?.p95Ms },
    settings: rest.settings ?? {},
    minimumAccuracy: rest.minimumAccuracy,
    rollout: completeRollout(rest.rollout),
    fallbacks: rest.fallbacks ?? [],
    routes: (rest.routes ?? []).map(({ upToTokens, model }) => ({ upToTokens, model })),
    schedule: rest.schedule ?? '0 2 * * 0',
    repeats: rest.repeats ?? 3,
    minimumSamples: rest.minimumSamples ?? 10,
  }
}

/** The default holds the tier only where it is still among the candidates. */
function initialModel(id: number, entry: TierEntry, candidates: readonly string[]): string | undefined {
  if (entry.initial !== undefined) return entry.initial === 'none' ? undefined : entry.initial
  const usual = defaultTiers[id]?.initial
  return usual !== undefined && candidates.includes(usual) ? usual : undefined
}

function readDataset(reference: string, folder: string): TierDataset {
  const { name = reference, version } = datasetReference.exec(reference)?.groups ?? {}
  return { name, version, folder: datasetFolder(folder, name) }
}
