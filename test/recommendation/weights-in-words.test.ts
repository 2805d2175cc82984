import { describe, expect, test } from 'vitest'
import { defaultSettings } from '../../src/analysis/decision-settings.ts'
import { utility } from '../../src/analysis/statistics/utility.ts'
import { weightsInWords, weightsWorth } from '../../src/recommendation/weights-in-words.ts'

function words(accuracy: number, speed: number, cost: number): string {
  return weightsInWords({ ...defaultSettings, weights: { accuracy, speed, cost } })
}

describe('what the weights mean', () => {
  test('is said as a price list: 50/30/20 is 15 accuracy points for half the latency and 6 for half the cost', () => {
    expect(weightsInWords(defaultSettings)).toBe('Half the latency is worth 15 accuracy points, half the cost 6.')
  })

  test('follows from the utilities: halving a time gains as much as the words say', () => {
    const { halfLatency = 0, halfCost = 0 } = weightsWorth({ ...defaultSettings, spanSpeed: 8, spanCost: 3 }) ?? {}
    const { weights } = defaultSettings
    const gain = utility(1000, 2000, 8) - utility(2000, 2000, 8)
    expect(weights.accuracy * halfLatency).toBeCloseTo(weights.speed * gain, 9)
    expect(weights.accuracy * halfCost).toBeCloseTo(weights.cost * (utility(0.002, 0.004, 3) - 50), 9)
  })

  test('says what does not count', () => {
    expect(words(1, 0, 0)).toBe('Only accuracy counts.')
    expect(words(0.5, 0.5, 0)).toBe('Half the latency is worth 25 accuracy points; cost does not count.')
    expect(words(0.5, 0, 0.5)).toBe('Half the cost is worth 15.1 accuracy points; speed does not count.')
    expect(words(0, 0.6, 0.4)).toBe(
      'Half the latency is worth 15 points of the total (accuracy does not count), half the cost 6.',
    )
  })

  test('of a tier with its own formula is the formula', () => {
    const settings = { ...defaultSettings, formula: 'min(accuracy, speed)' }
    expect(weightsWorth(settings)).toBeNull()
    expect(weightsInWords(settings)).toBe("The total is the tier's own formula: min(accuracy, speed).")
  })
})
