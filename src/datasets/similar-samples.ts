import type { Sample } from './dataset.ts'
import { mainTexts } from './main-text.ts'

/** Two samples that tell nearly the same, so that they count twice for one thing. */
export interface SimilarPair {
  keys: [string, string]
  /** Share of the shorter one's word sequences that the other one has too; 1 for the same text. */
  shared: number
}

const wordsOfSequence = 5
/** From this share on, two texts are taken for variants of one. */
const similarFrom = 0.25
/** A sequence that so many samples share is boilerplate; leaving it out keeps the work linear. */
const commonFrom = 20

/** Pairs of samples whose main texts share at least a quarter of their sequences of five words, without a common `cluster`. */
export function similarSamples(samples: readonly Sample[]): SimilarPair[] {
  const sequences = mainTexts(samples).map(sequencesOf)
  const shared = new Map<string, number>()
  for (const holders of holdersOf(sequences).values()) {
    if (holders.length > commonFrom) continue
    for (const pair of pairsOf(holders)) shared.set(pair, (shared.get(pair) ?? 0) + 1)
  }
  return [...shared].flatMap(([pair, count]) => {
    const [a = 0, b = 0] = pair.split(' ').map(Number)
    const [first, second] = [samples[a], samples[b]]
    const share = count / Math.min(sequences[a]?.size ?? 1, sequences[b]?.size ?? 1)
    if (first === undefined || second === undefined || share < similarFrom || isOneCluster(first, second)) return []
    return [{ keys: [first.key, second.key], shared: share }]
  })
}

function sequencesOf(words: readonly string[]): Set<string> {
  const count = Math.max(1, words.length - wordsOfSequence + 1)
  return new Set(Array.from({ length: count }, (_, index) => words.slice(index, index + wordsOfSequence).join(' ')))
}

/** Which samples have each sequence, by their index. */
function holdersOf(sequences: readonly ReadonlySet<string>[]): Map<string, number[]> {
  const holders = new Map<string, number[]>()
  for (const [index, own] of sequences.entries()) {
    for (const sequence of own) {
      const before = holders.get(sequence)
      if (before === undefined) holders.set(sequence, [index])
      else before.push(index)
    }
  }
  return holders
}

function pairsOf(indexes: readonly number[]): string[] {
  return indexes.flatMap((a, place) => indexes.slice(place + 1).map((b) => `${a} ${b}`))
}

function isOneCluster(a: Sample, b: Sample): boolean {
  return a.cluster !== undefined && a.cluster === b.cluster
}
