import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Plugin, rolldown } from 'rolldown'
import { bundleRecord, sourcesNow } from '../bin/bundle.js'

const root = resolve(import.meta.dirname, '..')

/** Programs of their own: what starts first, and the threads. */
const entries: Record<string, string> = {
  main: 'src/main.ts',
  'embedded-thread': 'src/database/embedded-thread.ts',
}

/** Libraries that look for files beside their own code, or start a process with it. */
const apart = ['@electric-sql/pglite', '@resvg/resvg-js', 'node-cron', 'pino', 'pino-pretty']

/** Not installed; a driver offers to use it. */
const absent = ['pg-native']

/** A thread is started by the address of its file, which is beside that of the asking code wherever that is put. */
const threadAddresses: Plugin = {
  name: 'thread-addresses',
  transform(code) {
    return code.replace(/new URL\('\.\/([a-z-]+)\.ts', import\.meta\.url\)/g, (address, name: string) => {
      if (!(name in entries)) throw new Error(`${address}: add it to the entries of the bundle.`)
      return `new URL('./${name}.js', import.meta.url)`
    })
  },
}

/**
 * Puts the program and its libraries into few files, so that `incumbent` starts quickly. What only some commands need is in
 * files of its own, which are loaded when they are asked for.
 * @param folder takes the place of what is there
 */
export async function makeBundle(folder: string): Promise<void> {
  // A file that is saved meanwhile makes the bundle an old one.
  const sources = sourcesNow()
  rmSync(folder, { recursive: true, force: true })
  const isApart = (name: string) => [...apart, ...absent].some((one) => name === one || name.startsWith(`${one}/`))
  const bundle = await rolldown({
    cwd: root,
    input: entries,
    platform: 'node',
    external: isApart,
    plugins: [threadAddresses],
  })
  try {
    await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' })
  } finally {
    await bundle.close()
  }
  writeFileSync(join(folder, bundleRecord), sources)
}
