import type { ServedBy } from './answerer.ts'

/** Tells the application whose answer it got. */
export function servedByHeaders({ model, tier, stage, attempt, rolloutId }: ServedBy): Record<string, string> {
  return {
    'x-incumbent-model': headerText(model),
    ...(tier === undefined ? {} : { 'x-incumbent-tier': String(tier) }),
    'x-incumbent-stage': stage,
    'x-incumbent-attempt': String(attempt),
    ...(rolloutId === undefined ? {} : { 'x-incumbent-rollout': rolloutId }),
  }
}

/** Headers hold ASCII; what is beyond is percent-encoded. */
export function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]+/gu, encodeURIComponent)
}
