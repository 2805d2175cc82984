import { readText } from '../datasets/text-file.ts'
import { isJsonObject, type JsonObject } from '../shared/json.ts'
import { UserError } from '../shared/user-error.ts'
import { parseYaml, type YamlFile } from '../shared/yaml-file.ts'

/** A file with one JSON object, and the lines its parts stand on (JSON is YAML, whose reader knows the lines). */
export interface JsonFile extends YamlFile {
  value: JsonObject
}

/** @throws UserError when there is no such file, or when it is not one JSON object */
export function readJsonFile(path: string): JsonFile {
  const text = readText(path)
  const value = parsed(text, path)
  if (!isJsonObject(value)) throw new UserError(`${path}: expected one JSON object.`)
  return { ...parseYaml(text, path), value }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UserError(`${path}: expected JSON, but: ${(error as Error).message}.`)
  }
}
