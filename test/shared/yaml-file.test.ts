import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { UserError } from '../../src/shared/user-error.ts'
import { checkedYaml, parseYaml, readYaml } from '../../src/shared/yaml-file.ts'

const schema = z.strictObject({
  name: z.string().min(1),
  scoring: z
    .array(z.strictObject({ path: z.string(), weight: z.number().max(100), scorer: z.enum(['equal', 'set-f1']) }))
    .min(1),
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'incumbent-yaml-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function written(text: string): string {
  const file = join(folder, 'task.yaml')
  writeFileSync(file, text)
  return file
}

/** Nine lines that stand for ten to the power of nine words. */
function bomb(): string {
  const lines = Array.from({ length: 9 }, (_, index) => `l${index + 1}: &l${index + 1} [${`*l${index}, `.repeat(10)}]`)
  return ['l0: &l0 [a, b, c]', ...lines].join('\n')
}

function messageOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  throw new Error('It was accepted.')
}

describe('a YAML file with a schema', () => {
  test('gives the checked value', () => {
    const file = written('name: a\nscoring: [{ path: b, weight: 100, scorer: equal }]\n')
    expect(checkedYaml(file, schema)).toEqual({
      name: 'a',
      scoring: [{ path: 'b', weight: 100, scorer: 'equal' }],
    })
  })

  test('has all its problems reported at once, each with its line, what was expected and what came', () => {
    const file = written(
      `name: ""
scoring:
  - path: 3
    wieght: 3
    weight: 300
    scorer: equall
`,
    )
    expect(messageOf(() => checkedYaml(file, schema)).split('\n')).toEqual([
      `${file}:1: at name: expected text that is not empty, got ""`,
      `${file}:3: at scoring[0].path: expected text, got 3`,
      `${file}:4: at scoring[0].wieght: expected one of path, weight, scorer, got the unknown key "wieght"; did you mean "weight"?`,
      `${file}:5: at scoring[0].weight: expected a number of at most 100, got 300`,
      `${file}:6: at scoring[0].scorer: expected one of equal, set-f1 (did you mean "equal"?), got "equall"`,
    ])
  })

  test('names the line of the parent when a key is missing', () => {
    const file = written('name: a\nscoring:\n  - path: b\n    weight: 1\n')
    expect(messageOf(() => checkedYaml(file, schema))).toBe(
      `${file}:3: at scoring[0].scorer: expected one of equal, set-f1, got nothing`,
    )
  })

  test('that is empty is a map that is missing', () => {
    const file = written('# only a comment\n')
    expect(messageOf(() => checkedYaml(file, schema))).toBe(`${file}:1: at the top level: expected a map, got nothing`)
  })
})

describe('a YAML file', () => {
  test('that does not exist is named with its path', () => {
    expect(messageOf(() => readYaml(join(folder, 'none.yaml')))).toContain(join(folder, 'none.yaml'))
  })

  test('with a key that stands twice, or that is no YAML, is refused with the lines', () => {
    expect(messageOf(() => parseYaml('a: 1\na: 2\n', 'x.yaml'))).toBe(
      'x.yaml is not valid YAML.\nx.yaml:2: Map keys must be unique',
    )
    expect(messageOf(() => parseYaml('a:\n  - [1\n', 'x.yaml'))).toMatch(/^x\.yaml is not valid YAML\.\nx\.yaml:\d: /)
  })

  test.each([
    ['points nowhere', 'a: *nothing'],
    ['holds itself', 'a: &a [*a]'],
    ['unfolds without end', bomb()],
  ])('with an alias that %s is refused', (_what, text) => {
    expect(messageOf(() => parseYaml(text, 'x.yaml'))).toMatch(/^x\.yaml is not valid YAML\.\nx\.yaml: /)
  })

  test('knows the lines of its parts, through numeric keys and aliases too', () => {
    const yaml = parseYaml('base: &base\n  a: 1\ntiers:\n  1:\n    name: core\n  2: *base\n', 'x.yaml')
    expect(yaml.lineOf(['tiers', '1', 'name'])).toBe(5)
    expect(yaml.lineOf(['tiers', 1])).toBe(4)
    expect(yaml.lineOf(['tiers', '2', 'a'])).toBe(2)
    expect(yaml.lineOf(['tiers', '9', 'name'])).toBe(3)
    expect(yaml.lineOf(['nothing'])).toBe(1)
  })
})
