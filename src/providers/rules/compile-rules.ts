import type { JsonObject, JsonValue } from '../../shared/json.ts'
import { compileRule, type ValueFrom } from './compile-rule.ts'
import { termIndex } from './find-terms.ts'
import { placeValue } from './place-value.ts'
import { createInputReader, type InputReader } from './read-input.ts'
import { referenceProblems } from './rule-references.ts'
import { checkedRules, rulesError } from './rules-schema.ts'

/** Answers an input by the rules of one model. */
export type Answerer = (input: JsonObject) => JsonObject

/**
 * Checks the rules of a task and compiles them, once for all inputs.
 * @returns the answerers by the name of their model, in the order of the file
 * @throws UserError that lists every problem of the rules
 */
export function compileRules(taskName: string, value: JsonValue): ReadonlyMap<string, Answerer> {
  const rules = checkedRules(taskName, value)
  const problems = referenceProblems(rules)
  if (problems.length > 0) throw rulesError(taskName, problems)
  const headings = termIndex(rules.sections)
  return new Map(
    Object.entries(rules.models).map(([model, fields]): [string, Answerer] => {
      const compiled = Object.entries(fields).map(([path, rule]) => ({ path, valueFrom: compileRule(rules, rule) }))
      return [model, (input) => answerTo(createInputReader(input, headings), compiled)]
    }),
  )
}

function answerTo(input: InputReader, fields: readonly { path: string; valueFrom: ValueFrom }[]): JsonObject {
  const answer: JsonObject = {}
  for (const { path, valueFrom } of fields) placeValue(answer, path, valueFrom(input))
  return answer
}
