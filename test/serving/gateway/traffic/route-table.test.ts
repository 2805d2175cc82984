import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openRouteTable } from '../../../../src/serving/gateway/traffic/route-table.ts'
import type { Routes } from '../../../../src/serving/gateway/traffic/routes.ts'
import { exampleRoute, exampleRoutes, spare } from './examples.ts'

describe('the routes in memory', () => {
  let stored: Routes
  let loads: number
  let isAway: boolean
  let notes: string[]
  beforeEach(() => {
    vi.useFakeTimers()
    stored = exampleRoutes()
    loads = 0
    isAway = false
    notes = []
  })
  afterEach(() => vi.useRealTimers())

  const source = {
    async load() {
      if (isAway) throw new Error('connection refused')
      loads += 1
      return stored
    },
    async version() {
      if (isAway) throw new Error('connection refused')
      return stored.version
    },
  }
  const open = () => openRouteTable(source, { nowMs: () => Date.now(), note: (sentence) => notes.push(sentence) })

  function change(): void {
    stored = { ...exampleRoutes(exampleRoute({ incumbent: spare })), version: stored.version + 1 }
  }

  test('follow a change of another process within half a second, by asking for one number', async () => {
    const table = await open()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(loads).toBe(1)
    change()
    await vi.advanceTimersByTimeAsync(500)
    expect(table.current()).toBe(stored)
    table.stop()
  })

  test('follow a change of this process as soon as they are told', async () => {
    const table = await open()
    change()
    await table.refresh()
    expect(table.current().tiers.get(1)?.incumbent).toBe(spare)
    table.stop()
  })

  test('stay as they were while the database is away, which is said once', async () => {
    const table = await open()
    change()
    isAway = true
    await vi.advanceTimersByTimeAsync(5_000)
    expect(table.current().tiers.get(1)?.incumbent).not.toBe(spare)
    expect(notes).toEqual(['The database does not answer, the last routes stay: connection refused'])
    isAway = false
    await vi.advanceTimersByTimeAsync(500)
    expect(table.current()).toBe(stored)
    expect(notes).toHaveLength(2)
    table.stop()
  })

  test('are loaded anew each minute, as not all of them changes the version', async () => {
    const table = await open()
    await vi.advanceTimersByTimeAsync(61_000)
    expect(loads).toBe(2)
    table.stop()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(loads).toBe(2)
  })
})
