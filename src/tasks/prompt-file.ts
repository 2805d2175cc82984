import { type FileProblem, refuseProblems } from '../datasets/file-problem.ts'
import { readText } from '../datasets/text-file.ts'
import type { PromptTemplate } from './task.ts'

/** `{{title}}`: a key of the input; `{{schema}}`: the answer's schema. */
export const placeholderPattern = /\{\{[^\S\n]*([^{}\s](?:[^{}\n]*[^{}\s])?)[^\S\n]*\}\}/g

interface Section {
  /** 1-based line of the heading. */
  line: number
  text: string
}

/**
 * Reads prompt.md: a section that starts with the line `# System`, then one that starts with `# User`.
 * @throws FileProblems with the line of what is missing, empty, repeated or outside of the sections
 */
export function readPrompt(path: string): PromptTemplate {
  const lines = readText(path).split(/\r\n|\n|\r/)
  const system = sectionOf(lines, '# System', '# User')
  const user = sectionOf(lines, '# User', '# System')
  refuseProblems(problemsOf(path, lines, system, user))
  return { system: system?.text ?? '', user: user?.text ?? '', placeholders: placeholdersIn(lines) }
}

function sectionOf(lines: readonly string[], heading: string, other: string): Section | undefined {
  const start = lines.findIndex((line) => line.trimEnd() === heading)
  if (start === -1) return undefined
  const next = lines.findIndex((line, index) => index > start && line.trimEnd() === other)
  const text = lines.slice(start + 1, next === -1 ? lines.length : next).join('\n')
  return { line: start + 1, text: text.trim() }
}

function problemsOf(file: string, lines: readonly string[], system?: Section, user?: Section): FileProblem[] {
  const problem = (line: number, message: string): FileProblem => ({ file, line, message })
  if (system === undefined) return [problem(1, 'expected a section that starts with the line "# System", got none')]
  if (user === undefined) return [problem(1, 'expected a section that starts with the line "# User", got none')]
  const before = lines.slice(0, system.line - 1).findIndex((line) => line.trim() !== '')
  return [
    ...(before === -1 ? [] : [problem(before + 1, 'expected the line "# System" first, got other text')]),
    ...repeatedHeadings(lines).map((line) => problem(line, `the heading "${lines[line - 1]?.trim()}" stands twice`)),
    ...[system, user].flatMap(({ line, text }) => (text === '' ? [problem(line, 'the section is empty')] : [])),
  ]
}

function repeatedHeadings(lines: readonly string[]): number[] {
  const headings = lines.flatMap((line, index) => (/^# (?:System|User)\s*$/.test(line) ? [index] : []))
  return headings
    .filter((at) => headings.some((first) => first < at && lines[first]?.trim() === lines[at]?.trim()))
    .map((at) => at + 1)
}

function placeholdersIn(lines: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  for (const [index, line] of lines.entries()) {
    for (const [, name] of line.matchAll(placeholderPattern)) {
      if (name !== undefined && name !== 'schema' && !places.has(name)) places.set(name, index + 1)
    }
  }
  return places
}
