import { flushCompileCache } from 'node:module'
import { setFlagsFromString } from 'node:v8'

/** Those that this program changes, as V8 has them by itself. */
const usualFlags = [
  '--wasm-tier-up',
  '--wasm-dynamic-tiering',
  '--semi-space-growth-factor=2',
  '--heap-growing-percent=0',
]

/**
 * Has V8 compile WebAssembly once and quickly, and not again for speed: for PGlite the second time would take it half a
 * gigabyte. It goes for all threads of the process. What this thread has loaded so far is kept for the next process.
 */
export function compileWasmOnce(): void {
  flushCompileCache()
  setFlagsFromString('--no-wasm-tier-up')
  setFlagsFromString('--no-wasm-dynamic-tiering')
}

/**
 * To be called when the process ends, before Node.js writes down what V8 has compiled: the next process would refuse what was
 * written under other flags than those that it starts with.
 */
export function restoreFlags(): void {
  for (const flag of usualFlags) setFlagsFromString(flag)
}
