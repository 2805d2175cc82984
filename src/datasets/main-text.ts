import { isJsonObject, type JsonValue } from '../shared/json.ts'
import type { Sample } from './dataset.ts'

/**
 * The words of each sample's main text: what stands in the input under the key that holds most words over all samples.
 * What samples have in common beside it, such as one of a few profiles, is no part of it.
 */
export function mainTexts(samples: readonly Sample[]): string[][] {
  const key = mainKey(samples)
  return samples.map(({ input }) => (key === undefined ? [] : wordsIn(input[key])))
}

function mainKey(samples: readonly Sample[]): string | undefined {
  const counts = new Map<string, number>()
  for (const { input } of samples) {
    for (const [key, value] of Object.entries(input)) counts.set(key, (counts.get(key) ?? 0) + wordsIn(value).length)
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}

function wordsIn(value: JsonValue | undefined): string[] {
  return textsIn(value).flatMap((text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
}

function textsIn(value: JsonValue | undefined): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : []
}
