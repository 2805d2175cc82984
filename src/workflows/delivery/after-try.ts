import type { DeliveryChange } from '../../database/delivery-claims.ts'
import type { Delivery, RefusedAddress } from '../../database/delivery-queries.ts'
import type { SendResult } from '../../delivery/sender.ts'

const minuteMs = 60_000
const longestPauseMs = 30 * minuteMs
/** 1, 2, 4, 8 and 16 minutes, then half an hour each: about 12 hours. */
const mostTries = 28
/** After about an hour. */
const alarmingTries = 7

/** What becomes of a delivery, now that it was tried. */
export function afterTry(delivery: Delivery, result: SendResult, now: Date): DeliveryChange {
  const { tries, reference, partlyRefused } = delivery
  if (result.status === 'sent') return afterArrival(delivery, result, now)
  const told = { lastError: result.reason }
  if (result.status === 'retry' && tries < mostTries && delivery.kind !== 'trial') {
    const pauseMs = Math.max(result.afterMs ?? 0, pauseAfter(tries))
    const arrived = result.reference === undefined ? {} : { reference: result.reference }
    return { status: 'waiting', nextTryAt: new Date(now.getTime() + pauseMs), ...told, ...arrived }
  }
  const refused = result.status === 'failed' ? merged(partlyRefused, result.refused) : partlyRefused
  // A part of it has arrived: some addresses, or the message without its thread.
  const arrived = reference !== undefined
  return {
    status: arrived ? 'sent' : 'failed',
    nextTryAt: undefined,
    sentAt: arrived ? now : undefined,
    partlyRefused: refused,
    ...told,
  }
}

/** Whether people are to hear that a channel does not take messages. */
export function isAlarming({ kind, tries }: Delivery, { status }: SendResult): boolean {
  return kind !== 'trial' && (status === 'failed' || (status === 'retry' && tries >= alarmingTries))
}

/** Whom a message still has to reach: all, or those who were refused for now. */
export function recipientsLeft({ recipient, partlyRefused }: Delivery): string {
  const left = partlyRefused.filter(({ isFinal }) => !isFinal).map(({ address }) => address)
  return left.length === 0 ? recipient : left.join(', ')
}

export function pauseAfter(tries: number): number {
  return Math.min(longestPauseMs, minuteMs * 2 ** Math.max(0, tries - 1))
}

function afterArrival(
  { tries, kind, partlyRefused }: Delivery,
  { reference, missing, refused }: Extract<SendResult, { status: 'sent' }>,
  now: Date,
): DeliveryChange {
  const all = merged(partlyRefused, refused)
  const record = { reference, partlyRefused: all, lastError: missing ?? refusedWords(all) }
  if (refused.some(({ isFinal }) => !isFinal) && tries < mostTries && kind !== 'trial') {
    return { status: 'waiting', nextTryAt: new Date(now.getTime() + pauseAfter(tries)), ...record }
  }
  return { status: 'sent', nextTryAt: undefined, sentAt: now, ...record }
}

/** Those who were refused for good before, and those who are now. */
function merged(before: readonly RefusedAddress[], now: readonly RefusedAddress[]): RefusedAddress[] {
  const known = new Set(now.map(({ address }) => address))
  return [...before.filter(({ address, isFinal }) => isFinal && !known.has(address)), ...now]
}

function refusedWords(refused: readonly RefusedAddress[]): string | undefined {
  if (refused.length === 0) return undefined
  return refused.map(({ address, answer }) => `${address} was refused: ${answer}`).join('; ')
}
