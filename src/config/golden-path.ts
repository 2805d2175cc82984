import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { packageRoot } from '../shared/package-root.ts'

/**
 * Where a folder of golden data is: relative to the folder of the configuration, and where there is none, inside this
 * package, which ships `golden-datasets/`. A path that exists nowhere is given relative to the configuration.
 */
export function goldenPath(folder: string, path: string): string {
  const own = resolve(folder, path)
  const shipped = join(packageRoot(), path)
  return !existsSync(own) && existsSync(shipped) ? shipped : own
}

/** The folder of a dataset: its name stands for `golden-datasets/<name>`; with a slash it is a path itself. */
export function datasetFolder(folder: string, name: string): string {
  return goldenPath(folder, name.includes('/') ? name : join('golden-datasets', name))
}
