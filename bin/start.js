import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { isBundleFresh } from './bundle.js'

keepCompiledCode()
// A checkout that was edited since runs its sources, which are the same program.
await import(isBundleFresh() ? '../dist/main.js' : '../src/main.ts')

/**
 * In a folder of the user's own: by itself Node.js keeps compiled code, which nothing checks before it is run, in one that
 * all users of the machine share. Somebody without a home starts a little later.
 */
function keepCompiledCode() {
  const { NODE_COMPILE_CACHE, XDG_CACHE_HOME } = process.env
  try {
    const folder = NODE_COMPILE_CACHE ?? join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'incumbent')
    if (isAbsolute(folder)) enableCompileCache(folder)
  } catch {
    // No user of this machine.
  }
}
