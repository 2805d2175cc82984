import type { EvaluationRecord, EvaluationRecords } from './evaluation-records.ts'

/** A record with its place in the list. */
interface Placed extends EvaluationRecord {
  index: number
}

/**
 * What the records say twice and differently (decisions.md section 6.1): an item in two clusters, a call recorded twice,
 * weeks that only some have. Records of items that were not expected are ignored here too.
 * @returns one sentence each, with the path
 */
export function contradictionsIn({ records, items }: EvaluationRecords): string[] {
  const expected = items?.length ? new Set(items) : undefined
  const placed = records
    .map((record, index) => ({ ...record, index }))
    .filter(({ item }) => expected === undefined || expected.has(item))
  return [...mixedWeeks(placed), ...repeatedCalls(placed), ...itemsInTwoClusters(placed)]
}

function mixedWeeks(records: readonly Placed[]): string[] {
  const first = records[0]
  const other = records.find((record) => typeof (record.week ?? null) !== typeof (first?.week ?? null))
  if (first === undefined || other === undefined) return []
  return [
    `records[${other.index}].week: expected a week of the same type in all records, or in none, ` +
      `got ${weekText(other)} here and ${weekText(first)} in records[${first.index}]`,
  ]
}

function weekText({ week }: Placed): string {
  return week == null ? 'none' : JSON.stringify(week)
}

function repeatedCalls(records: readonly Placed[]): string[] {
  const seen = new Map<string, number>()
  return records.flatMap(({ index, model, item, week, repeat }) => {
    const call = JSON.stringify([model, item, week ?? null, repeat])
    const earlier = seen.get(call)
    if (earlier === undefined) seen.set(call, index)
    return earlier === undefined
      ? []
      : `records[${index}]: expected one record per model, item, week and repeat, got repeat ${repeat} of item "${item}" ` +
          `by "${model}" again, as in records[${earlier}]`
  })
}

function itemsInTwoClusters(records: readonly Placed[]): string[] {
  const seen = new Map<string, { cluster: string; index: number }>()
  return records.flatMap(({ index, item, cluster }) => {
    const own = cluster || item
    const earlier = seen.get(item)
    if (earlier === undefined) seen.set(item, { cluster: own, index })
    return earlier === undefined || earlier.cluster === own
      ? []
      : `records[${index}].cluster: expected one cluster per item, got "${own}" for item "${item}", ` +
          `which is in "${earlier.cluster}" in records[${earlier.index}]`
  })
}
