import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { dirname } from 'node:path'

/** The folder that holds this package's package.json, from its sources as well as from `dist`. */
export function packageRoot(): string {
  return dirname(manifestPath())
}

export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(manifestPath(), 'utf8')) as { version: string }
  return version
}

function manifestPath(): string {
  const path = findPackageJSON('.', import.meta.url)
  if (path === undefined) throw new Error(`No package.json above ${import.meta.url}.`)
  return path
}
