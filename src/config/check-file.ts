import { checkAgainst, type Problem } from '../shared/schema-problems.ts'
import { type YamlFile, yamlError } from '../shared/yaml-file.ts'
import { crossProblems } from './cross-problems.ts'
import type { Environment } from './environment.ts'
import { type ConfigFile, fileSchema } from './file-schema.ts'
import { literalSecrets } from './secret-paths.ts'
import { hasVariable, substituteVariables } from './substitute-variables.ts'

/** Checks a configuration file in every way at once. `file` is undefined when there are problems. */
export function checkFile(
  yaml: YamlFile,
  environment: Environment,
): { file: ConfigFile | undefined; problems: string[] } {
  const { value, problems: unfilled } = substituteVariables(yaml.value ?? {}, environment)
  const checked = checkAgainst(fileSchema, value)
  const misfits = checked.status === 'invalid' ? checked.problems : []
  const problems = [
    ...literalSecrets(yaml.value),
    ...unfilled,
    ...[...misfits, ...crossProblems(value)].map((problem) => withoutValue(problem, yaml.value)),
  ]
  if (problems.length > 0) return { file: undefined, problems: [yamlError(yaml, firstAtEachPlace(problems)).message] }
  return { file: checked.status === 'valid' ? checked.value : undefined, problems: [] }
}

/** What came from the environment may be a secret, also in a wrong place: the message shows what stands in the file. */
function withoutValue(problem: Problem, file: unknown): Problem {
  const written = problem.path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)?.[key], file)
  if (typeof written !== 'string' || !hasVariable(written)) return problem
  return {
    ...problem,
    message: problem.message.replace(/, got (?!the unknown key).*$/s, `, got the value of ${written}`),
  }
}

/** A text whose variable is unset, for example, also fails the check of its form: the first problem is the cause. */
function firstAtEachPlace(problems: readonly Problem[]): Problem[] {
  const byPlace = new Map<string, Problem>()
  for (const problem of problems) {
    const place = JSON.stringify(problem.path)
    if (!byPlace.has(place)) byPlace.set(place, problem)
  }
  return [...byPlace.values()]
}
