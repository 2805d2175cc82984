import { expect, test } from 'vitest'
import { nearestModels } from '../../src/providers/nearest-models.ts'

const listed = ['gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.5-flash-lite', 'gemma-3-27b-it', 'imagen-4'].map(
  (id) => {
    return { id, contextTokens: undefined, description: undefined }
  },
)

function nearest(...wanted: string[]): string[] {
  return nearestModels(wanted, listed, 2).map(({ id }) => id)
}

test('the nearest models are those of the same kind, whatever their version', () => {
  expect(nearest('gemini-1.5-pro')).toEqual(['gemini-2.5-pro', 'gemini-2.5-flash'])
  expect(nearest('gemini-2.0-flash-lite-001')[0]).toBe('gemini-2.5-flash-lite')
  expect(nearest('gemini-2.0-flash-001')[0]).toBe('gemini-2.5-flash')
})

test('models that share nothing with what is wanted are not named', () => {
  expect(nearest('qwen3:4b')).toEqual([])
})
