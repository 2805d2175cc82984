import { expect, test } from 'vitest'
import { createProviderSlots } from '../../../../src/serving/gateway/traffic/provider-slots.ts'

test('a call is told how many share its machine; those that wait for a slot are not among them', () => {
  const slots = createProviderSlots(() => 2)
  expect(slots.enter('ollama')).toBe(1)
  expect(slots.enterCopy('ollama', () => undefined)).toBe(2)
  expect(slots.enterCopy('ollama', () => undefined)).toBeUndefined()
  expect(slots.enter('ollama')).toBe(2)
  expect(createProviderSlots(() => undefined).enter('rented')).toBe(1)
})
