import type { NewAlert } from '../../database/alert-queries.ts'
import type { Model } from '../../providers/model.ts'

/** What became of a tier whose holder is gone: somebody took it over, or nobody did, with why in words that follow "because". */
export type Handover = { tier: number; to: string } | { tier: number; obstacle: string }

/** Width of the column. */
const longestSubject = 200

/**
 * A model is gone, and what became of the tiers that it held: one event, however many tiers there are.
 * @param handovers at least one
 * @param evaluationId the evaluation that noticed it; undefined: none did
 */
export function goneAlert(
  { name, retired }: Model,
  handovers: readonly Handover[],
  evaluationId: string | undefined,
  raisedAt: Date,
): NewAlert {
  const [first, ...others] = handovers
  return {
    kind: 'model-retired',
    severity: 'critical',
    subject: `${name} is gone: ${handovers.map(inShort).join(', ')}`.slice(0, longestSubject),
    message: [
      `${retired?.reason ?? 'It was retired'}. It is retired in the registry and is not tested any more.`,
      ...handovers.map((handover) => inFull(handover, name)),
      `Its successors: npx incumbent models discover. If it comes back: npx incumbent models add ${name}`,
    ].join('\n'),
    tier: others.length === 0 ? first?.tier : undefined,
    model: name,
    evaluationId,
    raisedAt,
  }
}

/** In the subject of an alert: the tier kept the model that is gone. */
export function staysWords(tier: number): string {
  return `tier ${tier} is still held by it`
}

function inShort(handover: Handover): string {
  return 'to' in handover ? `tier ${handover.tier} went to ${handover.to}` : staysWords(handover.tier)
}

function inFull(handover: Handover, holder: string): string {
  const { tier } = handover
  const assign = `\`npx incumbent assign ${tier} <model>\` gives it`
  return 'to' in handover
    ? `Tier ${tier} went from ${holder} to ${handover.to}, the best of the others: look at its answers with your own eyes. ${assign} to another one.`
    : `Nobody takes tier ${tier}, because ${handover.obstacle}. ${assign} to one that can be asked.`
}
