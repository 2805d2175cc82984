import type { Delivery } from '../../database/delivery-queries.ts'

/** More alerts at once than this go as one message. */
const mostAlertsApart = 5

/** Deliveries of one channel that go out as one message. */
export interface LetterGroup {
  /** The key of the message. */
  key: string
  /** At least one. */
  deliveries: Delivery[]
  isDigest: boolean
}

/**
 * What goes out together: alerts that are due at once, when they are many. What was tried before goes as it went then, so
 * that it can be found again.
 * @param due of one channel
 */
export function letterGroups(due: readonly Delivery[]): LetterGroup[] {
  const fresh = due.filter(({ kind, tries, sentWith }) => isOfAlert(kind) && tries === 1 && sentWith === undefined)
  const [first] = fresh
  const digest = first !== undefined && fresh.length > mostAlertsApart ? `digest:${messageKey(first)}` : undefined
  const groups = new Map<string, LetterGroup>()
  for (const delivery of due) {
    const together = delivery.sentWith ?? (fresh.includes(delivery) ? digest : undefined)
    const key = together ?? delivery.key
    const group = groups.get(key) ?? { key, deliveries: [], isDigest: together !== undefined }
    group.deliveries.push(delivery)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/**
 * The key of a delivery is that of one database, and another one has the same: the cycle of a Sunday, its first alert. Slack
 * and mail servers, which may hear from both, must not take one for the other.
 */
export function messageKey({ key, createdAt }: Pick<Delivery, 'key' | 'createdAt'>): string {
  return `${key} of ${createdAt.toISOString()}`
}

function isOfAlert(kind: Delivery['kind']): boolean {
  return kind === 'alert' || kind === 'reminder' || kind === 'recovery'
}
