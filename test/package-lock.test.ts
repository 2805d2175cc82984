import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

interface Locked {
  optionalDependencies?: Record<string, string>
  os?: string[]
  resolved?: string
}

const lockFile = join(resolve(import.meta.dirname, '..'), 'package-lock.json')
const { packages } = JSON.parse(readFileSync(lockFile, 'utf8')) as { packages: Record<string, Locked> }

test('the lock file holds the optional packages of every platform, without which a clean install refuses to start', () => {
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    .filter((name) => packages[`node_modules/${name}`] === undefined)
  expect(missing).toEqual([])
})

test('the lock file names no download addresses, so that it installs from whatever registry a machine uses', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved?.startsWith('http'))).toEqual([])
})
