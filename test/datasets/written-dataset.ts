import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

/** Content of a file: text as it is, a list as JSON lines, another object as JSON. */
type Content = string | object

const written: string[] = []
afterAll(() => {
  for (const folder of written) rmSync(folder, { recursive: true, force: true })
})

/** Writes files into a new temporary folder, which is removed when the test file is through, and returns it. */
export function writtenFolder(files: Record<string, Content>): string {
  const folder = mkdtempSync(join(tmpdir(), 'incumbent-test-'))
  written.push(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), textOf(content))
  }
  return folder
}

function textOf(content: Content): string {
  if (typeof content === 'string') return content
  if (Array.isArray(content)) return content.map((line) => `${JSON.stringify(line)}\n`).join('')
  return JSON.stringify(content, undefined, 2)
}

/** A small dataset with one task, as files. Entries of `changes` replace or add files; undefined leaves one out. */
export function smallDataset(changes: Record<string, Content | undefined> = {}): Record<string, Content> {
  const files = { ...usual, ...changes }
  return Object.fromEntries(Object.entries(files).filter((entry): entry is [string, Content] => entry[1] !== undefined))
}

const usual: Record<string, Content> = {
  'dataset.yaml': `name: tickets
title: Tickets
description: Invented tickets.
licence: MIT
made_by: synthetic
versions:
  - { version: v1, description: The first. }
`,
  'v1/samples.jsonl': Array.from({ length: 12 }, (_, index) => ({
    key: `t${index + 1}`,
    category: index % 2 === 0 ? 'login' : 'refund',
    complexity: 'simple',
    notes: `note ${index}`,
    input: {
      title: `Ticket ${index + 1}`,
      text: `The customer of case ${index + 1} writes a letter of ${index} words.`,
    },
  })),
  'tier1/task.yaml': `name: tickets-core
title: Tickets
description: Which team, how urgent.
maxOutputTokens: 200
scoring:
  - { path: team, scorer: equal, weight: 60 }
  - { path: urgency, scorer: ordinal, weight: 40, span: 4 }
`,
  'tier1/prompt.md': `# System

Answer with JSON: {{schema}}

# User

{{title}}
{{text}}
`,
  'tier1/answer.schema.json': {
    type: 'object',
    additionalProperties: false,
    required: ['team', 'urgency'],
    properties: { team: { type: 'string', enum: ['identity', 'billing'] }, urgency: { type: 'integer' } },
  },
  'tier1/targets.v1.jsonl': Array.from({ length: 12 }, (_, index) => ({
    key: `t${index + 1}`,
    target: { team: index % 2 === 0 ? 'identity' : 'billing', urgency: (index % 5) + 1 },
    verified_by: 'Ada',
  })),
}
