import type { JsonValue } from '../shared/json.ts'
import { type AliasTable, canonicalName } from '../tasks/alias-table.ts'

/**
 * The different items of a list in their order, each by the name that decides whether two are the same. Texts stand by
 * their normal form and alias, other plain values by their JSON. What is no plain value is an item that is like no other.
 */
export function itemNames(list: readonly JsonValue[], aliases: AliasTable | undefined): string[] {
  return [...new Set(list.map((item, index) => itemName(item, index, aliases)))]
}

function itemName(item: JsonValue, index: number, aliases: AliasTable | undefined): string {
  if (typeof item === 'string') return `text ${canonicalName(item, aliases)}`
  return item === null || typeof item === 'object' ? `no item ${index}` : `value ${JSON.stringify(item)}`
}
