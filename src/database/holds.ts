import { setTimeout as delay } from 'node:timers/promises'
import { interruptCycles, runningCycles } from './cycle-queries.ts'
import type { Database, SharedLock } from './database.ts'
import { interruptEvaluations, runningTiers } from './evaluation-queries.ts'
import type { SlotKey } from './slot-queries.ts'

/** The right to do something that one process does at a time. It ends with `release`, or with the process however it ends. */
export interface Hold {
  status: 'held'
  /** Aborted when the right was lost, because the connection to the server was: somebody else may have it now. */
  lost: AbortSignal
  release(): Promise<void>
}

export interface HeldElsewhere {
  status: 'held-elsewhere'
  /** Who has it, in words: `process 123 on host x, connected since …`. */
  holder: string
}

/**
 * Whoever evaluates a tier, anew or resuming, holds it: on one database a tier is evaluated by one process at a time.
 * Evaluations of the tier that still say `running` have lost their process and are marked `interrupted`.
 */
export async function holdTier(database: Database, tier: number): Promise<Hold | HeldElsewhere> {
  return hold(database, tierLock(tier), () => interruptEvaluations(database.db, tier))
}

/** Whoever carries a cycle holds it for as long, so that others can tell a cycle that runs from one that was cut off. */
export async function holdCycle(database: Database, id: string): Promise<Hold | HeldElsewhere> {
  return hold(database, cycleLock(id), () => Promise.resolve())
}

/** Whoever carries a slot of the schedule holds it, however often its job was handed out. */
export async function holdSlot(database: Database, { schedule, dueAt }: SlotKey): Promise<Hold | HeldElsewhere> {
  return hold(database, `slot ${schedule} ${dueAt.toISOString()}`, () => Promise.resolve())
}

/** Marks cycles, evaluations and runs whose process is gone as `interrupted`; returns the identifiers of the evaluations. */
export async function markInterrupted(database: Database): Promise<string[]> {
  const evaluations: string[] = []
  for (const tier of await runningTiers(database.db)) {
    evaluations.push(...((await ifFree(database, tierLock(tier), () => interruptEvaluations(database.db, tier))) ?? []))
  }
  for (const id of await runningCycles(database.db)) {
    await ifFree(database, cycleLock(id), () => interruptCycles(database.db, [id]))
  }
  return evaluations
}

async function hold(database: Database, name: string, tidy: () => Promise<unknown>): Promise<Hold | HeldElsewhere> {
  const lock = await tryPatiently(database, name)
  if ('holder' in lock) return { status: 'held-elsewhere', holder: lock.holder }
  try {
    await tidy()
  } catch (error) {
    await lock.release()
    throw error
  }
  return { status: 'held', ...lock }
}

/** `markInterrupted` of another process has the lock for a moment; that is no reason to refuse. */
async function tryPatiently(database: Database, name: string): Promise<SharedLock | { holder: string }> {
  for (let attempt = 1; ; attempt += 1) {
    const lock = await database.locks.tryLock(name)
    if (!('holder' in lock) || attempt === 5) return lock
    await delay(50)
  }
}

async function ifFree<T>(database: Database, name: string, act: () => Promise<T>): Promise<T | undefined> {
  const lock = await database.locks.tryLock(name)
  if ('holder' in lock) return undefined
  try {
    return await act()
  } finally {
    await lock.release()
  }
}

function tierLock(tier: number): string {
  return `tier ${tier}`
}

function cycleLock(id: string): string {
  return `cycle ${id}`
}
