import { type Finding, finds, type Rule, type Rules } from './rules-schema.ts'

/** What is wrong with the names that rules refer to, and with paths through a list; in words, all at once. */
export function referenceProblems(rules: Rules): string[] {
  return Object.entries(rules.models).flatMap(([model, fields]) =>
    Object.entries(fields).flatMap(([path, rule]) =>
      [...ruleProblems(rules, rule), ...pathProblems(path, rule, Object.keys(fields))].map(
        (problem) => `at models.${model}, ${path}: ${problem}`,
      ),
    ),
  )
}

function ruleProblems(rules: Rules, rule: Rule): string[] {
  if (finds(rule)) return findingProblems(rules, rule)
  switch (rule.rule) {
    case 'amount':
      return unknownName('amounts', rules.amounts, rule.of)
    case 'score':
      return unknownName('scores', rules.scores, rule.score)
    case 'choose':
      return [
        ...unknownName('scores', rules.scores, rule.score),
        ...ruleProblems(rules, rule.reached),
        ...ruleProblems(rules, rule.missed),
      ]
    case 'value':
      return []
  }
}

function findingProblems(rules: Rules, { from, skipSections, preferSections }: Finding): string[] {
  return [
    ...(typeof from === 'string' ? unknownName('lists', rules.lists, from) : []),
    ...[...skipSections, ...preferSections].flatMap((name) => unknownName('sections', rules.sections, name)),
  ]
}

function unknownName(kind: string, known: Record<string, unknown>, name: string): string[] {
  if (Object.hasOwn(known, name)) return []
  const names = Object.keys(known)
  return [`expected one of the ${kind} (${names.length === 0 ? 'there are none' : names.join(', ')}), got "${name}"`]
}

function pathProblems(path: string, rule: Rule, paths: readonly string[]): string[] {
  const inner = paths.find((other) => other.startsWith(`${path}.`) || other.startsWith(`${path}[]`))
  return [
    ...(inner === undefined ? [] : [`expected no rule inside of another one's value, got one for ${inner}`]),
    ...(path.includes('[]') && !givesList(rule) ? ['expected a rule that gives a list for a path with []'] : []),
  ]
}

function givesList(rule: Rule): boolean {
  if (rule.rule === 'choose') return givesList(rule.reached) && givesList(rule.missed)
  return rule.rule === 'list' || (rule.rule === 'value' && Array.isArray(rule.value))
}
