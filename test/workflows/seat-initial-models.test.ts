import { expect, test } from 'vitest'
import { loadAssignment } from '../../src/database/assignment-queries.ts'
import { seatInitialModels } from '../../src/workflows/seat-initial-models.ts'
import { configOf } from '../config/config-folder.ts'
import { exampleTime } from '../support/example-evaluation.ts'
import { onEmbedded } from '../support/test-databases.ts'

onEmbedded((databases) => {
  test('an initial model that the registry does not have is refused, with what to write', async () => {
    const { db } = await databases.open()
    const config = configOf('tiers:\n  1: { candidates: [gemini-2.0-flash-002], initial: gemini-2.0-flash-002 }\n')
    await expect(seatInitialModels(db, config, exampleTime)).rejects.toThrow(
      /^tiers\.1\.initial: expected a model of the registry, got "gemini-2\.0-flash-002"; did you mean "gemini-2\.0-flash-001"\?\. Name it under models/,
    )
  })

  test('`initial: none` leaves the seat vacant', async () => {
    const { db } = await databases.open()
    await seatInitialModels(db, configOf('tiers:\n  1: { initial: none }\n'), exampleTime)
    expect((await loadAssignment(db, 1))?.model).toBeUndefined()
    expect((await loadAssignment(db, 2))?.model).toBe('gemini-2.0-flash-001')
  })
})
