import { describe, expect, test } from 'vitest'
import { scoreAnswer } from '../../src/scoring/score-answer.ts'
import { holdsPhrase, wordsOf } from '../../src/scoring/word-sequence.ts'
import type { JsonObject } from '../../src/shared/json.ts'
import { withValueAtPath } from '../../src/tasks/answer-path.ts'
import {
  hasTag,
  type LabelledSample,
  labelledSamples,
  largeVersions,
  numbersIn,
  skillNames,
  taskOf,
} from './golden-data.ts'
import { perfectAnswer } from './perfect-answer.ts'

const skills = 'skills_analysis.top_skills[].skill'
const [lowest, highest] = ['structured_data.salary_range.min', 'structured_data.salary_range.max']
const authentic = 'authenticity_check.is_authentic'
const flagged = 'red_flags[].flag'

/** Of each skill the words of its usual name, then those of its other spellings. */
const spellings = Object.entries(skillNames).map(([skill, others]) => ({
  skill,
  phrases: [skill, ...others].map(wordsOf),
}))

interface Trap {
  /** What somebody who falls into it answers, in words that end the title of the test. */
  answering: string
  tier: 1 | 2
  fields: string[]
  naive: (labelled: LabelledSample) => JsonObject
  /** Mean score of the fields, 0 to 1, under which such answers must stay. */
  below: number
}

const everySkillNamed: Omit<Trap, 'below'> = {
  answering: 'every skill that is named',
  tier: 1,
  fields: [skills],
  naive: ({ text }) => skillsAnswer(text),
}

const allFigures: Omit<Trap, 'below'> = {
  answering: 'the lowest and the highest figure',
  tier: 1,
  fields: [lowest, highest],
  naive: ({ sample }) => {
    const figures = numbersIn(sample.input.text as string).filter((figure) => figure >= 10)
    return { structured_data: { salary_range: { min: Math.min(...figures), max: Math.max(...figures) } } }
  },
}

function honest(isAuthentic: boolean): Trap {
  return {
    answering: `that it is ${isAuthentic ? 'honest' : 'a fraud'}`,
    tier: 1,
    fields: [authentic],
    naive: () => withValueAtPath({}, authentic, isAuthentic),
    below: 0.01,
  }
}

function silentAbout(flag: string): Trap {
  return {
    answering: `every other flag but ${flag}`,
    tier: 2,
    fields: [flagged],
    naive: (labelled) => ({ red_flags: flagsOf(labelled).filter((each) => each.flag !== flag) }),
    below: 0.9,
  }
}

/** By tag. */
const traps: Record<string, Trap[]> = {
  'trap:skill-not-needed': [{ ...everySkillNamed, below: 0.85 }],
  'trap:company-stack': [{ ...everySkillNamed, below: 0.8 }],
  'two-roles': [{ ...everySkillNamed, below: 0.85 }],
  'trap:synonyms': [
    {
      answering: 'the skills that are named by their usual name',
      tier: 1,
      fields: [skills],
      naive: ({ text }) => skillsAnswer(text, 1),
      below: 0.5,
    },
  ],
  'trap:benefit-figures': [{ ...allFigures, below: 0.25 }],
  'pay:two-locations': [{ ...allFigures, below: 0.35 }],
  'pay:ote': [{ ...allFigures, below: 0.35 }],
  'trap:competitive-salary': [{ ...allFigures, below: 0.25 }, silentAbout('pay_hidden')],
  'trap:hidden-seniority': [
    {
      answering: 'the level that the title says',
      tier: 1,
      fields: ['classification.seniority'],
      naive: ({ sample }) => ({ classification: { seniority: levelInTitle(sample.input.title as string) } }),
      below: 0.4,
    },
  ],
  injection: [silentAbout('text_aimed_at_software')],
  'looks-suspicious': [honest(false)],
  subtle: [honest(true)],
}

describe.each(largeVersions)('a naive answer to %s loses points', (version) => {
  const labelled = { 1: labelledSamples(version, 1), 2: labelledSamples(version, 2) }

  test('by every kind of trap that the postings are said to hold', () => {
    const tags = new Set(labelled[1].flatMap(({ sample }) => sample.tags ?? []))
    const kinds = [...tags].filter((tag) => tag.startsWith('trap:'))
    expect(kinds.length).toBeGreaterThanOrEqual(5)
    for (const kind of kinds) expect(Object.keys(traps)).toContain(kind)
    for (const tag of Object.keys(traps)) expect([...tags]).toContain(tag)
  })

  const cases = Object.entries(traps).flatMap(([tag, each]) => each.map((trap) => ({ tag, ...trap })))

  test.each(cases)('$tag: $answering', ({ tag, tier, fields, naive, below }) => {
    const task = taskOf(tier)
    const scores = labelled[tier]
      .filter((each) => hasTag(each, tag))
      .map((each) => fieldMean(scoreAnswer(task, each.target, naive(each)), fields))
    expect(mean(scores)).toBeLessThan(below)
  })

  test('and every one of these traps is in fields that a right answer gets in full', () => {
    for (const { tag, tier, fields } of cases) {
      const task = taskOf(tier)
      for (const each of labelled[tier].filter((one) => hasTag(one, tag))) {
        expect(fieldMean(scoreAnswer(task, each.target, perfectAnswer(task, each.target)), fields)).toBe(1)
      }
    }
  })

  test('every posting with a skill that is not needed, or of others, names one that a naive reader would take', () => {
    for (const each of labelled[1]) {
      if (!hasTag(each, 'trap:skill-not-needed') && !hasTag(each, 'trap:company-stack')) continue
      const wanted = JSON.stringify(each.target)
      const named = everySkillNamed.naive(each) as { skills_analysis: { top_skills: { skill: string }[] } }
      const tempting = named.skills_analysis.top_skills.filter(({ skill }) => !wanted.includes(JSON.stringify(skill)))
      expect(tempting.length, each.sample.key).toBeGreaterThan(0)
    }
  })
})

/** @param most spellings of a skill that are looked for, the usual name first */
function skillsAnswer(text: string, most?: number): JsonObject {
  const words = wordsOf(text)
  // Most phrases are ruled out by their first word, which is quick to see.
  const present = new Set(words)
  const isNamed = (phrase: string[]) => present.has(phrase[0] ?? '') && holdsPhrase(words, phrase)
  const named = spellings.filter(({ phrases }) => phrases.slice(0, most).some(isNamed))
  return { skills_analysis: { top_skills: named.map(({ skill }) => ({ skill })) } }
}

function flagsOf({ target }: LabelledSample): { flag: string; quote: string }[] {
  return (target as unknown as { red_flags: { flag: string; quote: string }[] }).red_flags
}

function levelInTitle(title: string): string {
  if (/\b(?:manager|head)\b/i.test(title)) return 'manager'
  if (/\b(?:lead|chief)\b/i.test(title)) return 'lead'
  if (/\b(?:senior|principal)\b/i.test(title)) return 'senior'
  return /\b(?:junior|trainee|assistant)\b/i.test(title) ? 'entry' : 'mid'
}

/** Mean over the fields that count for the sample; one that neither target nor answer has is right. */
function fieldMean({ fields }: ReturnType<typeof scoreAnswer>, paths: readonly string[]): number {
  return mean(fields.filter(({ path }) => paths.includes(path)).map(({ score }) => score ?? 1))
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}
