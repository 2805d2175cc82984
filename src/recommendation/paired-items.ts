import { type Call, callsByItem } from '../analysis/calls.ts'

/** One item that both were asked. */
export interface PairedItem {
  item: string
  cluster: string
  incumbent: readonly Call[]
  challenger: readonly Call[]
}

/** The items that are in the calls of both, sorted by code point. */
export function pairedItems(incumbent: readonly Call[], challenger: readonly Call[]): PairedItem[] {
  const other = callsByItem(challenger)
  return [...callsByItem(incumbent)].flatMap(([item, calls]) => {
    const answers = other.get(item)
    return answers === undefined
      ? []
      : { item, cluster: calls[0]?.cluster ?? item, incumbent: calls, challenger: answers }
  })
}
