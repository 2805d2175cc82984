import { describe, expect, test } from 'vitest'
import { loadTask } from '../../src/tasks/load-task.ts'
import { refusalOf } from '../datasets/refusal-of.ts'
import { smallDataset, writtenFolder } from '../datasets/written-dataset.ts'

const head = 'name: tickets-core\ntitle: t\ndescription: d\nmaxOutputTokens: 200\n'

function taskWith(changes: Parameters<typeof smallDataset>[0]): string {
  return `${writtenFolder(smallDataset(changes))}/tier1`
}

function refusalWith(changes: Parameters<typeof smallDataset>[0]): string {
  return refusalOf(() => loadTask(taskWith(changes)))
}

function refusalOfScoring(scoring: string): string {
  return refusalWith({ 'tier1/task.yaml': `${head}scoring:\n${scoring}` })
}

describe('a task', () => {
  test('is read from the files of its folder', () => {
    const folder = taskWith({ 'tier1/rules.yaml': 'words: [a]\n', 'tier1/target.schema.json': { type: 'object' } })
    expect(loadTask(folder)).toMatchObject({
      name: 'tickets-core',
      maxOutputTokens: 200,
      folder,
      prompt: { system: 'Answer with JSON: {{schema}}', user: '{{title}}\n{{text}}' },
      scoring: [
        { path: 'team', targetPath: 'team', scorer: 'equal', weight: 60 },
        { path: 'urgency', targetPath: 'urgency', scorer: 'ordinal', weight: 40, options: { span: 4 } },
      ],
      rules: { words: ['a'] },
      targetSchema: { type: 'object' },
    })
  })

  test('without rules.yaml has no knowledge for a baseline', () => {
    expect(loadTask(taskWith({})).rules).toBeUndefined()
  })

  test('of which no baseline is asked is read without its rules', () => {
    const folder = taskWith({ 'tier1/rules.yaml': 'words: [a]\n' })
    expect(loadTask(folder, { rules: false }).rules).toBeUndefined()
  })

  test('may score a path of the answer against another of the target', () => {
    const scoring = '  - { path: team, target: labels.team, scorer: equal, weight: 100 }\n'
    expect(loadTask(taskWith({ 'tier1/task.yaml': `${head}scoring:\n${scoring}` })).scoring[0]).toMatchObject({
      path: 'team',
      targetPath: 'labels.team',
    })
  })

  test('that is not there is refused by its folder', () => {
    expect(refusalOf(() => loadTask('/nowhere/tier1'))).toContain('/nowhere/tier1: expected a task')
  })
})

describe('task.yaml', () => {
  test('names a wrong sum of weights', () => {
    const message = refusalOfScoring(
      '  - { path: team, scorer: equal, weight: 60 }\n  - { path: urgency, scorer: within, weight: 30 }\n',
    )
    expect(message).toContain('task.yaml:5: at scoring: expected weights that sum to 100, got 90')
  })

  test('allows weights that floating point does not sum to exactly 100', () => {
    const fields = ['equal', 'within', 'set-f1'].map(
      (scorer) => `  - { path: team, scorer: ${scorer}, weight: 33.3333333333 }\n`,
    )
    const folder = taskWith({
      'tier1/task.yaml': `${head}scoring:\n${fields.join('')}  - { path: urgency, scorer: equal, weight: 0.0000000001 }\n`,
    })
    expect(loadTask(folder).scoring).toHaveLength(4)
  })

  test('names an unknown scorer, what was meant, and all that exist', () => {
    const message = refusalOfScoring('  - { path: team, scorer: recal-at, weight: 100 }\n')
    expect(message).toContain('task.yaml:6: at scoring[0].scorer: expected one of equal, within, recall-at')
    expect(message).toContain('did you mean "recall-at"?')
  })

  test('names an unknown setting, what was meant, and those that the scorer has', () => {
    const message = refusalOfScoring('  - { path: urgency, scorer: within, weight: 100, tolerence: 0.1 }\n')
    expect(message).toContain('task.yaml:6: at scoring[0].tolerence: within: expected one of tolerance, absolute')
    expect(message).toContain('did you mean "tolerance"?')
  })

  test.each([
    [
      '{ path: urgency, scorer: within, weight: 100, tolerance: -1 }',
      'tolerance: within: expected a number of at least 0',
    ],
    [
      '{ path: urgency, scorer: ordinal, weight: 100 }',
      'ordinal: expected "span" (for numbers) or "levels" (for words), got neither',
    ],
    ['{ path: team, scorer: ordinal, levels: teams, weight: 100 }', "expected the name of one of the task's lists"],
    ['{ path: team, scorer: recall-at, k: 0, weight: 100 }', 'k: recall-at: expected'],
    ['{ path: team, scorer: recall-at, factor: 0.5, weight: 100 }', 'factor: recall-at: expected'],
    ['{ path: team, scorer: equal, aliases: true, weight: 100 }', 'expected a key "aliases" of the task'],
    ['{ path: team, scorer: equal, aliases: none.yaml, weight: 100 }', 'expected the name of an alias file'],
    ['{ path: te am, scorer: equal, weight: 100 }', 'expected a path such as a.b'],
    ['{ path: tema, scorer: equal, weight: 100 }', 'expected a path of answer.schema.json, got "tema"'],
    ['{ path: "team[]", scorer: equal, weight: 100 }', 'expected a path of answer.schema.json'],
    ['{ path: team, scorer: equal, weight: 110 }', 'at scoring[0].weight: expected a number of at most 100'],
    ['{ path: team, scorer: equal }', 'at scoring[0].weight: expected a number, got nothing'],
  ])('refuses %s with its line', (field, reason) => {
    const message = refusalOfScoring(`  - ${field}\n`)
    expect(message).toMatch(/task\.yaml:\d+: at scoring/)
    expect(message).toContain(reason)
  })

  test('names all problems of a file at once', () => {
    const message = refusalWith({
      'tier1/task.yaml':
        'name: Tickets\ntitel: t\ndescription: d\nmaxOutputTokens: 0\nscoring:\n  - { path: team, scorer: equals, weight: 10 }\n  - { path: team, scorer: equal, weight: 10, k: 1 }\n',
    })
    for (const line of [1, 2, 4, 6, 7]) expect(message).toContain(`task.yaml:${line}:`)
    expect(message).not.toContain('NaN')
  })

  test('may hold lists that scorers refer to', () => {
    const folder = taskWith({
      'tier1/task.yaml': `${head}lists:\n  teams: [low, middle, high]\nscoring:\n  - { path: team, scorer: ordinal, levels: teams, weight: 100 }\n`,
    })
    expect(loadTask(folder).scoring[0]?.options).toEqual({ span: 2, levels: ['low', 'middle', 'high'] })
  })
})

describe('an alias file', () => {
  const task = `${head}aliases: names.yaml\nscoring:\n  - { path: team, scorer: equal, weight: 100, aliases: true }\n`

  test('makes spellings stand for a name, whatever their case', () => {
    const folder = taskWith({
      'tier1/task.yaml': task,
      'tier1/names.yaml': 'JavaScript: [JS, " Java  Script"]\nGo:\nPython: [3]\n',
    })
    expect(loadTask(folder).scoring[0]?.options).toEqual({
      aliases: new Map([
        ['javascript', 'javascript'],
        ['js', 'javascript'],
        ['java script', 'javascript'],
        ['go', 'go'],
        ['python', 'python'],
        ['3', 'python'],
      ]),
    })
  })

  test('refuses a spelling of two names with its line', () => {
    const message = refusalWith({ 'tier1/task.yaml': task, 'tier1/names.yaml': 'A: [x]\nB:\n  - y\n  - X\n' })
    expect(message).toContain('names.yaml:4: at B[1]: "X" stands already for "a"')
  })

  test('changes the hash of the scoring, as every other setting does', () => {
    const hashOf = (names: string) =>
      loadTask(taskWith({ 'tier1/task.yaml': task, 'tier1/names.yaml': names })).hashes.scoring
    expect(hashOf('A: [x]\n')).toBe(hashOf('A:\n  - x # a remark\n'))
    expect(hashOf('A: [x]\n')).not.toBe(hashOf('A: [y]\n'))
  })
})

describe('answer.schema.json', () => {
  const properties = { team: { type: 'string' }, urgency: { type: 'integer' } }

  test.each([
    [{ type: 'array', items: { type: 'string' } }, 'expected an answer of type "object"'],
    [{ type: 'object' }, 'expected "properties" beside the type "object"'],
    [
      { type: 'object', properties: { ...properties, tags: { type: 'array' } } },
      'at properties.tags: expected "items"',
    ],
    [{ type: 'object', properties, required: ['teams'] }, 'expected the name of a property, got "teams"'],
    [{ type: 'object', properties, required: ['team', 'team'] }, 'expected each name once, got "team" again'],
    [{ type: 'object', properties: { ...properties, x: { type: 'strin' } } }, 'did you mean "string"'],
    [{ type: 'object', properties: { ...properties, x: { type: 'string', pattern: 'a' } } }, 'unknown key "pattern"'],
    [
      { type: 'object', properties: { ...properties, x: { type: ['string', 'null'], enum: ['a'] } } },
      'expected null in the enum too',
    ],
    [{ type: 'object', properties: { ...properties, x: { type: ['string', 'integer'] } } }, 'at properties.x.type'],
  ])('refuses %j, which providers cannot enforce, with its line', (schema, reason) => {
    const message = refusalWith({ 'tier1/answer.schema.json': schema })
    expect(message).toMatch(/answer\.schema\.json:\d+: at /)
    expect(message).toContain(reason)
  })

  test('is JSON, also with tabs, and no YAML', () => {
    const schema = JSON.stringify({ type: 'object', properties }, undefined, '\t')
    expect(loadTask(taskWith({ 'tier1/answer.schema.json': schema })).answerSchema).toHaveProperty('properties.team')
    expect(refusalWith({ 'tier1/answer.schema.json': 'type: object\n' })).toContain('expected JSON')
    expect(refusalWith({ 'tier1/answer.schema.json': '[]' })).toContain('expected one JSON object')
  })
})

test('a target.schema.json that is no JSON Schema is refused', () => {
  const message = refusalWith({ 'tier1/target.schema.json': { type: 'strin' } })
  expect(message).toContain('target.schema.json: expected a JSON Schema, but: schema is invalid: data/type')
})

describe('prompt.md', () => {
  test.each([
    ['# System\n\na\n', '1: expected a section that starts with the line "# User"'],
    ['Hello\n\n# User\n\nb\n', '1: expected a section that starts with the line "# System"'],
    ['# System\n\n\n# User\n\nb\n', '1: the section is empty'],
    ['# System\na\n# User\n  \n', '3: the section is empty'],
    ['\nHello\n# System\na\n# User\nb\n', '2: expected the line "# System" first'],
    ['# System\na\n# User\nb\n# User\nc\n', '5: the heading "# User" stands twice'],
  ])('%j is refused with its line', (prompt, reason) => {
    expect(refusalWith({ 'tier1/prompt.md': prompt })).toContain(`prompt.md:${reason}`)
  })

  test('may have other headings in its sections, and Windows line ends', () => {
    const { prompt } = loadTask(
      taskWith({ 'tier1/prompt.md': '# System\r\n# Rules\r\na\r\n## User\r\nb\r\n# User\r\nc {{title}}\r\n' }),
    )
    expect(prompt.system).toBe('# Rules\na\n## User\nb')
    expect(prompt.user).toBe('c {{title}}')
    expect([...prompt.placeholders]).toEqual([['title', 7]])
  })
})
