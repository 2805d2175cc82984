import { counted } from '../shared/counted.ts'
import { count } from '../shared/format-number.ts'

interface Progress {
  asked: number
  planned: number
  failed: number
  leftMs: number | null
  failures: readonly { kind: string; calls: number }[]
}

/** `412 of 600 calls · about 6 min left`; nothing of the end while that is unknown. */
export function progressWords({ asked, planned, leftMs }: Omit<Progress, 'failures'>): string {
  const calls = `${count(asked)} of ${counted(planned, 'call')}`
  return leftMs === null || asked >= planned ? calls : `${calls} · ${leftWords(leftMs)}`
}

/** `3 failed: 2 timeout, 1 rate-limited.` */
export function failedSoFarWords({ failed, failures }: Pick<Progress, 'failed' | 'failures'>): string {
  if (failed === 0) return 'None failed so far.'
  return `${count(failed)} failed: ${failures.map(({ kind, calls }) => `${count(calls)} ${kind}`).join(', ')}.`
}

function leftWords(leftMs: number): string {
  const minutes = Math.round(leftMs / 60_000)
  if (minutes < 1) return 'less than a minute left'
  return minutes < 100 ? `about ${minutes}\u202fmin left` : `about ${Math.round(minutes / 60)}\u202fh left`
}
