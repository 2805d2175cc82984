import { isJsonObject } from '../shared/json.ts'
import { type Environment, variable } from './environment.ts'
import { ollamaAddress } from './ollama-address.ts'

/**
 * What is wrong with the variables that count without being named in the file. The value of a secret is not shown.
 * @param file the content of the file: where it says something itself, the variable does not count
 */
export function environmentProblems(environment: Environment, file: unknown): string[] {
  const problems: string[] = []
  const database = variable(environment, 'DATABASE_URL')
  if (database !== undefined && !/^postgres(ql)?:\/\//.test(database.trim()) && !says(file, 'database', 'url')) {
    problems.push(
      'environment: at DATABASE_URL: expected postgres://…, got another kind of address; ' +
        'where it is not meant for Incumbent, set database: { url: none } in incumbent.yaml',
    )
  }
  const ollama = variable(environment, 'OLLAMA_HOST')
  if (ollama !== undefined && ollamaAddress(ollama) === undefined && !says(file, 'providers', 'ollama', 'baseUrl')) {
    const got = ollama.includes('@') ? 'one with a user or password' : JSON.stringify(ollama)
    problems.push(`environment: at OLLAMA_HOST: expected host:port or an http address, got ${got}`)
  }
  return problems
}

function says(file: unknown, ...path: string[]): boolean {
  const value = path.reduce<unknown>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), file)
  return value !== undefined && value !== null
}
