import { describe, expect, test } from 'vitest'
import { holdsPhrase, wordsOf } from '../../src/scoring/word-sequence.ts'
import type { JsonObject } from '../../src/shared/json.ts'
import { type CoreTarget, labelledSamples, numbersIn, skillNames, tiers, versions } from './golden-data.ts'

interface EnhancedTarget {
  red_flags: { flag: string; quote: string }[]
}
interface Point {
  point: string
  phrasings: string[]
}
interface StrategicTarget {
  cover_letter_insights: { points: Point[] }
  competitive_positioning: { strengths: Point[]; gaps: Point[]; differentiator: Point[] | null }
}

describe.each(versions)('the labels of %s', (version) => {
  test.each(tiers)(
    'every posting is labelled for tier %i, and every label says truthfully who stands for it',
    (tier) => {
      const labelled = labelledSamples(version, tier)
      expect(labelled.length).toBeGreaterThanOrEqual(10)
      for (const { verifiedBy } of labelled)
        expect(verifiedBy).toMatch(/^synthetic.*language model.*not verified by a person$|^\S.* \(synthetic\)$/)
    },
  )

  test('every skill has one canonical name and stands in its posting by it or by another spelling', () => {
    for (const { sample, text, target } of labelledSamples(version, 1)) {
      const words = wordsOf(text)
      for (const { skill } of (target as unknown as CoreTarget).skills_analysis.top_skills) {
        expect(Object.keys(skillNames), `${sample.key}: canonical name`).toContain(skill)
        const stands = [skill, ...(skillNames[skill] ?? [])].some((spelling) => holdsPhrase(words, wordsOf(spelling)))
        expect(stands, `${sample.key}: "${skill}" in the posting`).toBe(true)
      }
    }
  })

  test('every bound of a salary stands in its posting as a number', () => {
    for (const { sample, text, target } of labelledSamples(version, 1)) {
      const { min, max } = (target as unknown as CoreTarget).structured_data.salary_range
      const numbers = new Set(numbersIn(text))
      for (const bound of [min, max]) {
        if (bound !== null) expect(numbers, `${sample.key}: ${bound} in the posting`).toContain(bound)
      }
    }
  })

  test('every quote of a red flag stands in its posting word for word, and no flag stands twice', () => {
    for (const { sample, target } of labelledSamples(version, 2)) {
      const flags = (target as unknown as EnhancedTarget).red_flags
      for (const { quote } of flags) expect(sample.input.text).toContain(quote)
      expect(new Set(flags.map(({ flag }) => flag)).size).toBe(flags.length)
    }
  })

  test('a fraud is called one in all tiers: flags, the lowest prestige and nothing but warnings', () => {
    const isFraud = new Map(
      labelledSamples(version, 1).map(({ sample, target }) => [
        sample.key,
        !(target as unknown as CoreTarget).authenticity_check.is_authentic,
      ]),
    )
    for (const { sample, target } of labelledSamples(version, 2)) {
      if (isFraud.get(sample.key)) expect((target as unknown as EnhancedTarget).red_flags.length).toBeGreaterThan(1)
    }
    for (const { sample, target } of labelledSamples(version, 3)) {
      const { strengths, gaps, differentiator } = (target as unknown as StrategicTarget).competitive_positioning
      const isEmpty = strengths.length === 0 && gaps.length === 0 && differentiator === null
      expect(isEmpty, sample.key).toBe(isFraud.get(sample.key))
    }
  })

  test('the points of tier 3 fit into the answer that is asked for', () => {
    for (const { target } of labelledSamples(version, 3)) {
      const { cover_letter_insights: letter, competitive_positioning: position } = target as unknown as StrategicTarget
      expect(letter.points.length).toBeLessThanOrEqual(6)
      expect(position.strengths.length).toBeLessThanOrEqual(4)
      expect(position.gaps.length).toBeLessThanOrEqual(3)
    }
  })

  test('addresses are at example domains only', () => {
    const addresses = JSON.stringify(labelledSamples(version, 1).map(({ sample }) => sample.input)).match(
      /[\w.-]+@[\w.-]+\w/g,
    )
    for (const address of addresses ?? []) expect(address).toMatch(/\.example$/)
    const links = JSON.stringify(labelledSamples(version, 1).map(({ sample }) => sample.input)).match(
      /https?:\/\/[^\s"]+/g,
    )
    for (const link of links ?? []) expect(new URL(link).hostname).toMatch(/\.example$/)
  })

  test('no two postings share their wording: common runs of five words stay under a quarter', () => {
    const runs = labelledSamples(version, 1).map(({ sample }) => fiveWordRuns(sample.input))
    for (const [index, one] of runs.entries()) {
      for (const other of runs.slice(index + 1)) {
        const common = [...one].filter((run) => other.has(run)).length
        expect(common / Math.min(one.size, other.size)).toBeLessThan(0.25)
      }
    }
  })

  test('at least five candidate profiles come with the postings', () => {
    const candidates = labelledSamples(version, 3).map(({ sample }) => sample.input.candidate)
    expect(candidates.every((candidate) => typeof candidate === 'string' && candidate.length > 50)).toBe(true)
    expect(new Set(candidates).size).toBeGreaterThanOrEqual(5)
  })
})

function fiveWordRuns({ text }: JsonObject): Set<string> {
  const words = wordsOf(text as string)
  return new Set(words.slice(4).map((_, index) => words.slice(index, index + 5).join(' ')))
}

test('no spelling of a skill belongs to two skills', () => {
  const owners = new Map<string, string>()
  for (const [name, spellings] of Object.entries(skillNames)) {
    for (const spelling of [name, ...spellings]) {
      expect(owners.get(spelling.toLowerCase()) ?? name, spelling).toBe(name)
      owners.set(spelling.toLowerCase(), name)
    }
  }
})
