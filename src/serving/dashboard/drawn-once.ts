import { createHash } from 'node:crypto'

const mostKept = 200
const kept = new Map<string, unknown>()

/** A chart of the same data is drawn once: that takes longer than all the rest of a page. */
export function drawnOnce<A extends readonly unknown[], R>(draw: (...data: A) => R, ...data: A): R {
  const key = `${draw.name} ${createHash('sha256').update(JSON.stringify(data)).digest('base64')}`
  if (!kept.has(key)) {
    kept.set(key, draw(...data))
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  }
  return kept.get(key) as R
}
