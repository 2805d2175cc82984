import type { ServedModel } from '../answerer.ts'
import { tierId } from '../resolve-name.ts'
import type { Routes } from './routes.ts'

/** What applications can ask for: tiers first, then models. @param since when the service was started */
export function servedModels({ tiers, models }: Routes, since: Date): ServedModel[] {
  return [
    ...[...tiers.keys()].map((tier) => ({ id: tierId(tier), createdAt: since, ownedBy: 'incumbent' })),
    ...[...models.values()].map(({ name, provider }) => ({ id: name, createdAt: since, ownedBy: provider })),
  ]
}

/** What keeps tiers from being answered, a sentence each. */
export function vacancies({ tiers, models }: Routes): string[] {
  return [...tiers.values()].flatMap(({ tier, incumbent, fallbacks }) => {
    if (incumbent === undefined) return [`No model holds tier ${tier}.`]
    const canAnswer = [incumbent, ...fallbacks].some((name) => models.has(name))
    return canAnswer ? [] : [`Of tier ${tier} neither ${incumbent} nor a fallback can answer applications.`]
  })
}
