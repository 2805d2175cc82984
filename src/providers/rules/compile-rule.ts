import type { JsonValue } from '../../shared/json.ts'
import { compileScore } from './compile-score.ts'
import { compileAmountFinder } from './find-amount.ts'
import { compileTermNamer, type NamedTerm, type TermNamer } from './named-terms.ts'
import { quoteOf } from './quote.ts'
import type { InputReader } from './read-input.ts'
import type { ListRule, Rule, Rules } from './rules-schema.ts'

/** Gives the value of one path of the answer. */
export type ValueFrom = (input: InputReader) => JsonValue

/** Compiles a rule; what it refers to exists, as `referenceProblems` has made sure. */
export function compileRule(rules: Rules, rule: Rule): ValueFrom {
  switch (rule.rule) {
    case 'value':
      return () => rule.value
    case 'score':
      return scoreOf(rules, rule.score)
    case 'amount':
      return amountPart(rules, rule)
    case 'list': {
      const name = namerOf(rules, rule)
      return (input) =>
        name(input)
          .slice(0, rule.limit)
          .map((term) => listed(rule, term))
    }
    case 'one': {
      const name = namerOf(rules, rule)
      return (input) => {
        const best = name(input)[0]
        return best === undefined ? rule.otherwise : said(rule.say, best)
      }
    }
    case 'choose':
      return choice(rules, rule)
  }
}

function choice(rules: Rules, rule: Extract<Rule, { rule: 'choose' }>): ValueFrom {
  const score = scoreOf(rules, rule.score)
  const [reached, missed] = [compileRule(rules, rule.reached), compileRule(rules, rule.missed)]
  return (input) => (score(input) >= rule.atLeast ? reached(input) : missed(input))
}

function scoreOf({ scores, read }: Rules, name: string): (input: InputReader) => number {
  return compileScore(known(scores, name), read)
}

function amountPart({ amounts, read }: Rules, rule: Extract<Rule, { rule: 'amount' }>): ValueFrom {
  const knowledge = known(amounts, rule.of)
  const find = compileAmountFinder(knowledge)
  return (input) => find(input(knowledge.read ?? read))?.[rule.part] ?? null
}

function namerOf({ lists, read }: Rules, rule: Extract<Rule, { rule: 'list' | 'one' }>): TermNamer {
  return compileTermNamer(rule, typeof rule.from === 'string' ? known(lists, rule.from) : rule.from, read)
}

function known<Value>(values: Record<string, Value>, name: string): Value {
  const value = values[name]
  if (value === undefined) throw new Error(`The rules refer to "${name}", which was not checked.`)
  return value
}

function listed({ shape, say }: ListRule, term: NamedTerm): JsonValue {
  return shape === undefined ? said(say, term) : { [shape.name]: term.term, [shape.quote]: quoteOf(term.first) }
}

function said(say: string | undefined, { term }: NamedTerm): string {
  return say === undefined ? term : say.replaceAll('{term}', () => term)
}
