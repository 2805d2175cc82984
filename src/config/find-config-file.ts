import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UserError } from '../shared/user-error.ts'
import { parseYaml, type YamlFile } from '../shared/yaml-file.ts'

export const configFileName = 'incumbent.yaml'

/**
 * The file that was asked for, else `incumbent.yaml` in the working directory, else undefined.
 * @throws UserError when the file that was asked for does not exist, or one stands there that would not be read
 */
export function findConfigFile(cwd: string, asked: string | undefined): string | undefined {
  if (asked !== undefined) {
    const path = resolve(cwd, asked)
    if (existsSync(path)) return path
    throw new UserError(`Expected a configuration file at ${path}, but there is none. "incumbent init" writes one.`)
  }
  const path = join(cwd, configFileName)
  if (existsSync(path)) return path
  const other = join(cwd, 'incumbent.yml')
  if (!existsSync(other)) return undefined
  throw new UserError(`Expected the configuration in ${configFileName}, but came upon incumbent.yml: rename it.`)
}

/**
 * @param shown the name of the file in messages
 * @throws UserError when it cannot be read or is no YAML
 */
export function readConfigFile(path: string, shown: string): YamlFile {
  const yaml = parseYaml(withoutBraces(readText(path, shown)), shown)
  return { ...yaml, value: withBraces(yaml.value) }
}

function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UserError(`Expected ${shown} to be a file with YAML, but it cannot be read: ${String(error)}.`)
  }
}

/**
 * YAML takes the braces of `{ url: ${DATABASE_URL} }` for a map. They become two characters of no meaning and the same
 * length, so that positions stay, and braces again once it is parsed.
 */
function withoutBraces(text: string): string {
  return text.replace(/\$\{([^{}\n]*)\}/g, '$\uE001$1\uE002')
}

function withBraces(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\$\uE001([^\uE001\uE002]*)\uE002/g, `\${$1}`)
  if (Array.isArray(value)) return value.map(withBraces)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [withBraces(key), withBraces(inner)]))
}
