import { expect, test } from 'vitest'
import { newId, withIdsOf } from '../../src/shared/new-id.ts'

const three = () => [newId(), newId(), newId()]

test('ids differ', () => {
  expect(new Set([...three(), ...three()]).size).toBe(6)
})

test('ids of a seed come out again, also after a wait, and those of another seed are others', async () => {
  const later = async () => {
    await Promise.resolve()
    return three()
  }
  const ids = await withIdsOf(7, later)
  expect(new Set(ids).size).toBe(3)
  expect(await withIdsOf(7, later)).toEqual(ids)
  expect(await withIdsOf(8, later)).not.toEqual(ids)
})
