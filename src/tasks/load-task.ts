import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { contentHash, type JsonObject, type JsonValue } from '../shared/json.ts'
import type { Problem } from '../shared/schema-problems.ts'
import { UserError } from '../shared/user-error.ts'
import { readYaml, yamlError } from '../shared/yaml-file.ts'
import { readJsonFile } from './json-file.ts'
import { readPrompt } from './prompt-file.ts'
import { schemaAtPath } from './schema-at-path.ts'
import { schemaDefect } from './schema-errors.ts'
import { answerSchemaProblems, asAnswerSchema } from './schema-subset.ts'
import type { Task } from './task.ts'
import { readTaskFile, type TaskFile } from './task-file.ts'

/**
 * Reads what a tier asks from its folder: task.yaml with its alias files, prompt.md, answer.schema.json, and where they
 * exist rules.yaml and target.schema.json.
 * @param options.rules false leaves rules.yaml unread, where no baseline is asked
 * @throws UserError that lists every problem of a file with its line
 */
export function loadTask(folder: string, { rules = true }: { rules?: boolean } = {}): Task {
  if (!existsSync(join(folder, 'task.yaml'))) {
    throw new UserError(`${folder}: expected a task's folder with a task.yaml, but there is none.`)
  }
  const answerSchema = readAnswerSchema(folder)
  const { scoringHash, yaml, ...file } = readTaskFile(folder)
  refuseUnknownPaths(file.scoring, answerSchema, yaml)
  const prompt = readPrompt(join(folder, 'prompt.md'))
  return {
    ...file,
    folder,
    prompt,
    answerSchema,
    targetSchema: readTargetSchema(folder),
    rules: rules ? readRules(folder) : undefined,
    hashes: {
      prompt: contentHash({ system: prompt.system, user: prompt.user }),
      answerSchema: contentHash(answerSchema),
      scoring: scoringHash,
    },
  }
}

/** @throws UserError where there is none in the folder, or it is wrong */
export function readAnswerSchema(folder: string): JsonObject {
  const file = readJsonFile(join(folder, 'answer.schema.json'))
  const problems = answerSchemaProblems(file.value)
  if (problems.length > 0) throw yamlError(file, problems)
  return file.value
}

/** Targets never reach a provider, so their schema may use all of JSON Schema. */
function readTargetSchema(folder: string): JsonObject | undefined {
  const path = join(folder, 'target.schema.json')
  if (!existsSync(path)) return undefined
  const { value } = readJsonFile(path)
  refuseDefect(path, value)
  return value
}

function refuseDefect(file: string, schema: JsonObject): void {
  const defect = schemaDefect(schema)
  if (defect !== undefined) throw new UserError(`${file}: expected a JSON Schema, but: ${defect}.`)
}

function readRules(folder: string): JsonValue | undefined {
  const path = join(folder, 'rules.yaml')
  return existsSync(path) ? ((readYaml(path).value ?? null) as JsonValue) : undefined
}

function refuseUnknownPaths(scoring: Task['scoring'], answerSchema: JsonObject, yaml: TaskFile['yaml']): void {
  const problems = scoring.flatMap(({ path }, index): Problem[] => {
    if (schemaAtPath(asAnswerSchema(answerSchema), path) !== undefined) return []
    return [{ path: ['scoring', index, 'path'], message: `expected a path of answer.schema.json, got "${path}"` }]
  })
  if (problems.length > 0) throw yamlError(yaml, problems)
}
