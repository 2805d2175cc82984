import type { ModelRole, PlannedModel, SkippedModel } from '../evaluation/evaluation.ts'
import type { Model } from '../providers/model.ts'
import { nearestWord } from '../shared/nearest-word.ts'
import { UserError } from '../shared/user-error.ts'

export type Availability = { status: 'ready' } | { status: 'unavailable'; reason: string; remedy: string | undefined }

export interface ModelChoice {
  models: PlannedModel[]
  skipped: SkippedModel[]
}

/**
 * Who takes part in a tier's evaluation: its incumbent, its candidates and its baselines, less those that cannot be
 * asked, each with the reason. `only` (--models) narrows challengers and baselines; the incumbent always takes part.
 * @throws UserError for a name of `only` that the registry does not know
 */
export function chooseModels(input: {
  incumbent: string | undefined
  candidates: readonly string[]
  baselines: readonly string[]
  only: readonly string[] | undefined
  repeats: number
  registry: ReadonlyMap<string, Model>
  availability: (model: Model) => Availability
}): ModelChoice {
  const { incumbent, candidates, baselines, only, registry } = input
  refuseUnknown(only ?? [], registry)
  const named = only ?? [...candidates, ...baselines]
  const choice: ModelChoice = { models: [], skipped: [] }
  for (const name of new Set([...(incumbent === undefined ? [] : [incumbent]), ...named])) {
    const isBaseline = baselines.includes(name) || registry.get(name)?.providerKind === 'rules'
    const role: ModelRole = name === incumbent ? 'incumbent' : isBaseline ? 'baseline' : 'challenger'
    const seat = seatFor(name, role, input)
    if ('reason' in seat) choice.skipped.push(seat)
    else choice.models.push(seat)
  }
  return choice
}

function seatFor(
  name: string,
  role: ModelRole,
  { registry, availability, repeats }: Parameters<typeof chooseModels>[0],
): PlannedModel | SkippedModel {
  const model = registry.get(name)
  if (model === undefined) {
    return {
      model: name,
      reason: 'not in the registry',
      remedy: `Add it: npx incumbent models add ${name} --provider … --id …`,
    }
  }
  if (!model.isActive) return { model: name, reason: retirement(model), remedy: undefined }
  const available = availability(model)
  if (available.status === 'unavailable') return { model: name, reason: available.reason, remedy: available.remedy }
  const { provider, providerKind } = model
  // A baseline answers the same every time; language models differ from repeat to repeat even at temperature 0.
  return { name, provider, providerKind, role, repeats: providerKind === 'rules' ? 1 : repeats }
}

/** `retired on 2026-11-22: …` */
export function retirement({ retired }: Model): string {
  return retired === undefined ? 'retired' : `retired on ${retired.at.toISOString().slice(0, 10)}: ${retired.reason}`
}

function refuseUnknown(names: readonly string[], registry: ReadonlyMap<string, Model>): void {
  for (const name of names) {
    if (registry.has(name)) continue
    const near = nearestWord(name, [...registry.keys()])
    const hint = near === undefined ? '' : ` Did you mean "${near}"?`
    throw new UserError(
      `Unknown model "${name}".${hint} Known: ${[...registry.keys()].join(', ')}. Another one is added with: npx incumbent models add`,
    )
  }
}
