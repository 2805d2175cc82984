import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const src = join(root, 'src')

/**
 * Which folder of src may import which, in the order of DESIGN.md; a folder may always import itself and `shared`.
 * `types` are edges of which only types may be taken: the pure folders know the shape of impure ones, not their code.
 */
const mayImport: Record<string, { values: string[]; types?: string[] }> = {
  shared: { values: [] },
  config: { values: [] },
  datasets: { values: [] },
  tasks: { values: ['datasets'] },
  providers: { values: ['tasks'], types: ['config', 'datasets'] },
  scoring: { values: ['tasks'] },
  evaluation: { values: ['datasets', 'tasks', 'providers', 'scoring'], types: ['config'] },
  analysis: { values: [], types: ['evaluation', 'datasets'] },
  recommendation: { values: ['analysis'] },
  rollout: { values: ['analysis', 'recommendation'], types: ['config', 'providers'] },
  reporting: { values: ['analysis', 'recommendation', 'rollout'], types: ['config', 'datasets', 'evaluation'] },
  database: {
    values: [],
    types: ['config', 'datasets', 'providers', 'evaluation', 'analysis', 'recommendation', 'rollout', 'reporting'],
  },
  delivery: { values: ['reporting'], types: ['config', 'database'] },
  workflows: {
    values: [
      'config',
      'datasets',
      'tasks',
      'providers',
      'scoring',
      'evaluation',
      'analysis',
      'recommendation',
      'rollout',
      'reporting',
      'database',
      'delivery',
    ],
  },
  scheduling: { values: ['workflows', 'database'], types: ['config'] },
  serving: {
    values: [
      'workflows',
      'scheduling',
      'reporting',
      'rollout',
      'database',
      'providers',
      'recommendation',
      'evaluation',
    ],
    types: ['config'],
  },
  commands: {
    values: [
      'config',
      'datasets',
      'tasks',
      'providers',
      'analysis',
      'recommendation',
      'rollout',
      'reporting',
      'database',
      'workflows',
      'scheduling',
      'serving',
    ],
  },
}

const pureFolders = ['analysis', 'recommendation', 'rollout']

interface Import {
  file: string
  target: string
  typesOnly: boolean
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  const found: Import[] = []
  const statements = /(?:^|\n)\s*(import|export)\s+(type\s+)?([^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/g
  for (const [, , typeWord, , target] of text.matchAll(statements)) {
    found.push({ file, target: target ?? '', typesOnly: typeWord !== undefined })
  }
  for (const [, target] of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    found.push({ file, target: target ?? '', typesOnly: false })
  }
  return found
}

/** The folder of src that a relative import points into; undefined for packages and for files beside src. */
function folderOf(path: string): string | undefined {
  const inside = relative(src, path)
  if (inside.startsWith('..')) return undefined
  const [first, ...rest] = inside.split(sep)
  return rest.length > 0 ? first : undefined
}

describe('the import order of DESIGN.md', () => {
  test('every folder of src is listed', () => {
    const folders = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    for (const folder of folders) expect(Object.keys(mayImport)).toContain(folder.name)
  })

  for (const [folder, { values, types = [] }] of Object.entries(mayImport)) {
    test(`${folder} imports only ${['shared', ...values, ...types.map((name) => `types of ${name}`)].join(', ')}`, () => {
      const wrong: string[] = []
      for (const { file, target, typesOnly } of sourceFilesOf(folder).flatMap(importsOf)) {
        if (!target.startsWith('.')) continue
        const to = folderOf(resolve(file, '..', target))
        if (to === folder || to === 'shared') continue
        const allowed = to !== undefined && (values.includes(to) || (typesOnly && types.includes(to)))
        const isMigration = to === undefined && folder === 'database' && target.includes('/migrations/')
        if (!allowed && !isMigration) wrong.push(`${relative(root, file)} imports ${target}`)
      }
      expect(wrong).toEqual([])
    })
  }

  test('an edge goes only to a folder that stands earlier in the order', () => {
    const order = Object.keys(mayImport)
    for (const [folder, { values, types = [] }] of Object.entries(mayImport)) {
      for (const target of [...values, ...types]) expect(order.indexOf(target)).toBeLessThan(order.indexOf(folder))
    }
  })

  test('the pure folders use no clock, no random source, no environment, no files and no network', () => {
    const wrong: string[] = []
    for (const file of pureFolders.flatMap(sourceFilesOf)) {
      const text = readFileSync(file, 'utf8')
      const impure =
        /\b(Date\.now|new Date\(\)|Math\.random|(?<!-)process\.\w|performance\.now|fetch\()|from 'node:(fs|http|https|net|child_process)/
      if (impure.test(text)) wrong.push(relative(root, file))
    }
    expect(wrong).toEqual([])
  })

  test('only config reads the environment', () => {
    const wrong = sourceFiles(src).filter(
      (file) => folderOf(file) !== 'config' && /process\.env\b/.test(readFileSync(file, 'utf8')),
    )
    expect(wrong.map((file) => relative(root, file))).toEqual([])
  })

  test('migrations import nothing from src', () => {
    const wrong = sourceFiles(join(root, 'migrations'))
      .flatMap(importsOf)
      .filter(({ target }) => target.includes('src/'))
    expect(wrong).toEqual([])
  })
})

function sourceFilesOf(folder: string): string[] {
  const path = join(src, folder)
  return readdirSync(src).includes(folder) ? sourceFiles(path) : []
}
