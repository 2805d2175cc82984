import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** The program in few files, which start in half the time of the sources; `npm run build` makes it, and `npm ci` runs that. */
export const bundleFolder = join(root, 'dist')

/** Written when a bundle is complete: `sourcesNow()` of when it was begun. */
export const bundleRecord = 'made-of.txt'

/** Whether there is a bundle in a folder and it was made of the sources as they are now. */
export function isBundleFresh(folder = bundleFolder) {
  try {
    return readFileSync(join(folder, bundleRecord), 'utf8') === sourcesNow()
  } catch {
    // There is none.
    return false
  }
}

/** Name, size and time of every file that a bundle is made of. */
export function sourcesNow() {
  const lines = ['bin', 'build', 'migrations', 'src'].flatMap((folder) => linesOf(folder))
  return [...lines, line('package-lock.json')].join('\n')
}

function linesOf(folder) {
  return readdirSync(`${root}/${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? linesOf(path) : [line(path)]
  })
}

function line(path) {
  const { size, mtimeMs } = statSync(`${root}/${path}`)
  return `${path} ${size} ${mtimeMs}`
}
