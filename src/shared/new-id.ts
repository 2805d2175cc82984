import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { uuidFromName } from './uuid-from-name.ts'

const sources = new AsyncLocalStorage<() => string>()

/** A uuid for a row of its own; within `withIdsOf` the next one of its seed. */
export function newId(): string {
  return (sources.getStore() ?? randomUUID)()
}

/**
 * Within `work` ids follow from a seed, so that everything that is drawn by an id comes out again: the split of requests, the
 * order of rows of the same time. For what is played, never for what is kept beside other people's rows.
 */
export function withIdsOf<T>(seed: number, work: () => T): T {
  let count = 0
  return sources.run(() => {
    count += 1
    return uuidFromName(`id ${count} of seed ${seed}`)
  }, work)
}
