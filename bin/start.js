import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isBundleFresh } from './bundle.js'

keepCompiledCode()
// A checkout that was edited since runs its sources, which are the same program.
await import(isBundleFresh() ? '../dist/main.js' : '../src/main.ts')

/**
 * In a folder of the user's own: by itself Node.js keeps compiled code, which nothing checks before it is run, in one that
 * all users of the machine share.
 */
function keepCompiledCode() {
  const { NODE_COMPILE_CACHE, XDG_CACHE_HOME } = process.env
  try {
    enableCompileCache(NODE_COMPILE_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'incumbent'))
  } catch {
    // Somebody without a home starts a little later.
  }
}
