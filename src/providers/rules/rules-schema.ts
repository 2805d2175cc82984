import * as z from 'zod'
import type { JsonValue } from '../../shared/json.ts'
import { checkAgainst, pathText, shownValue } from '../../shared/schema-problems.ts'
import { UserError } from '../../shared/user-error.ts'
import { parsePath } from '../../tasks/answer-path.ts'
import { compilePhrase } from './phrases.ts'

/** YAML reads a phrase such as 1099 as a number. */
const words = z.union([z.string(), z.number().transform(String)])
const phrase = words.refine((text) => compilePhrase(text, undefined) !== undefined, {
  error: ({ input }) => `expected words, where "..." stands between others and at most twice, got ${shownValue(input)}`,
})
const phrases = z.array(phrase)
const fields = z.array(z.string()).min(1)
const path = z.string().refine(isAnswerPath, {
  error: ({ input }) => `expected a path such as a.b or a[].b, with at most one [], got ${shownValue(input)}`,
})

/** A name, and the phrases that stand for it. */
const terms = z.record(z.string(), phrases)

/** Phrases beside a match that take it back ("no … needed"), at most `words` words away in the same sentence. */
const denial = z.strictObject({
  before: phrases.default([]),
  after: phrases.default([]),
  words: z.int().min(0).default(3),
})

/** How terms are found in the input. */
const finding = z.strictObject({
  from: z.union([z.string(), terms]),
  match: z.enum(['names', 'phrases', 'both']).default('phrases'),
  read: fields.optional(),
  denied: denial.optional(),
  skipSections: z.array(z.string()).default([]),
  preferSections: z.array(z.string()).default([]),
  order: z.enum(['found', 'hits', 'listed']).default('found'),
  /** Only terms that these fields hold as well, or do not hold. */
  alsoIn: fields.optional(),
  notIn: fields.optional(),
  /** What the answer says of a term, with {term} in its place; the term itself where there is none. */
  say: z.string().optional(),
})

const listRule = finding.extend({
  rule: z.literal('list'),
  limit: z.int().min(1).optional(),
  /** Makes an object of each term: the keys for its name and for the passage that shows it. */
  shape: z.strictObject({ name: z.string(), quote: z.string() }).optional(),
})
const oneRule = finding.extend({ rule: z.literal('one'), otherwise: z.json().default(null) })
const valueRule = z.strictObject({ rule: z.literal('value'), value: z.json() })
const scoreRule = z.strictObject({ rule: z.literal('score'), score: z.string() })
const amountRule = z.strictObject({
  rule: z.literal('amount'),
  of: z.string(),
  part: z.enum(['min', 'max', 'currency', 'period']),
})
const plainRule = z.discriminatedUnion('rule', [listRule, oneRule, valueRule, scoreRule, amountRule])
/** One rule where a score reaches a limit, another where it does not. */
const chooseRule = z.strictObject({
  rule: z.literal('choose'),
  score: z.string(),
  atLeast: z.number(),
  reached: plainRule,
  missed: plainRule,
})
const rule = z.discriminatedUnion('rule', [...plainRule.options, chooseRule])

/** Points for every indicator of which a phrase stands in the text, from `start`, kept between `min` and `max`. */
const score = z.strictObject({
  start: z.number().default(0),
  min: z.number().optional(),
  max: z.number().optional(),
  read: fields.optional(),
  indicators: z.array(z.strictObject({ points: z.number(), any: phrases.min(1), denied: denial.optional() })).min(1),
})

/** How an amount of money is recognised and which of several is meant. */
const amount = z.strictObject({
  read: fields.optional(),
  /** ISO code → marks such as $, EUR or dollars. */
  currencies: z.record(z.string(), z.array(z.string().min(1)).min(1)),
  /** Name of a period → phrases such as "an hour". */
  periods: terms.default({}),
  /** Letters behind a figure that mean thousands. */
  thousands: z.array(z.string().min(1)).default([]),
  /** Words between two figures that make them a range. */
  ranges: z.array(z.string().min(1)).default([]),
  upTo: phrases.default([]),
  from: phrases.default([]),
  /** Phrases in whose sentence an amount is more likely meant, and phrases beside an amount that is not meant. */
  prefer: phrases.default([]),
  avoid: phrases.default([]),
})

const rulesSchema = z.strictObject({
  /** Keys of the input that are read where a rule names none. */
  read: fields,
  sections: terms.default({}),
  lists: z.record(z.string(), terms).default({}),
  scores: z.record(z.string(), score).default({}),
  amounts: z.record(z.string(), amount).default({}),
  models: z.record(z.string(), z.record(path, rule)).refine((models) => Object.keys(models).length > 0, {
    error: 'expected at least one model with its rules, got none',
  }),
})

export type ListRule = z.output<typeof listRule>
export type Rules = z.output<typeof rulesSchema>
export type Rule = z.output<typeof rule>
export type Finding = z.output<typeof finding>
export type Denial = z.output<typeof denial>
export type Score = z.output<typeof score>
export type AmountKnowledge = z.output<typeof amount>
export type Terms = z.output<typeof terms>

/** Whether a rule looks for terms in the input. */
export function finds(rule: Rule): rule is Extract<Rule, { rule: 'list' | 'one' }> {
  return rule.rule === 'list' || rule.rule === 'one'
}

/**
 * Checks what rules.yaml of a task says.
 * @throws UserError that lists every problem with its place in the file
 */
export function checkedRules(taskName: string, value: JsonValue): Rules {
  const checked = checkAgainst(rulesSchema, value)
  if (checked.status === 'valid') return checked.value
  throw rulesError(
    taskName,
    checked.problems.map((problem) => `at ${pathText(problem.path)}: ${problem.message}`),
  )
}

export function rulesError(taskName: string, problems: readonly string[]): UserError {
  return new UserError(problems.map((problem) => `rules.yaml of the task "${taskName}": ${problem}.`).join('\n'))
}

function isAnswerPath(text: string): boolean {
  return (parsePath(text)?.filter((step) => step === 'elements').length ?? 2) <= 1
}
