import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { bundleFolder } from '../bin/bundle.js'

/** `npm run build`, and part of `npm ci`; without the development dependencies there is no bundle, and the sources run. */
const library = resolve(import.meta.dirname, '../node_modules/rolldown')
if (existsSync(library)) {
  const { makeBundle } = await import('./bundle.ts')
  await makeBundle(bundleFolder)
}
