import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect } from 'vitest'
import type { Analysis } from '../../src/analysis/analysis.ts'
import type { EvaluationRecords } from '../../src/analysis/evaluation-records.ts'
import { parseEvaluationRecords } from '../../src/analysis/parse-evaluation-records.ts'
import type { Recommendation } from '../../src/recommendation/recommendation.ts'

const folder = resolve(import.meta.dirname, '../fixtures/decisions')

export interface DecisionFixture {
  records: EvaluationRecords
  expected: { analysis: Analysis; recommendation: Recommendation }
}

/** Names of all inputs whose verdict the reference implementation has computed. */
export const fixtureNames = readdirSync(folder)
  .filter((file) => file.endsWith('.input.json'))
  .map((file) => file.replace('.input.json', ''))

export function decisionFixture(name: string): DecisionFixture {
  return {
    records: parseEvaluationRecords(readJson(`${name}.input.json`), name),
    expected: readJson(`${name}.expected.json`) as DecisionFixture['expected'],
  }
}

/** Single functions with values of the reference implementation. */
export interface Guards {
  mulberry32: { seed: number; first8: number[] }
  quantile7: { x: number[]; q: number; y: number }[]
  wilson: { k: number; n: number; ci: [number, number] }[]
  t: ({ x: number; df: number; cdf: number } | { p: number; df: number; ppf: number })[]
  utility: { x: number; ref: number; span: number; u: number }[]
}

export const guards = readJson('guards.json') as Guards

/** Same keys, same texts, and numbers within 1e-9 of each other, absolutely or relatively. */
export function expectClose(actual: unknown, expected: unknown): void {
  expect(differencesBetween(actual, expected, '')).toEqual([])
}

function differencesBetween(actual: unknown, expected: unknown, path: string): string[] {
  if (typeof actual === 'number' && typeof expected === 'number') {
    const isClose = Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected))
    return isClose ? [] : [`${path}: ${actual} instead of ${expected}`]
  }
  if (isObject(actual) && isObject(expected)) {
    const keys = new Set([...Object.keys(actual), ...Object.keys(expected)])
    return [...keys].flatMap((key) => differencesBetween(actual[key], expected[key], `${path}.${key}`))
  }
  return Object.is(actual, expected)
    ? []
    : [`${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'))
}
