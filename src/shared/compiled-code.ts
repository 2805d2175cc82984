import { flushCompileCache } from 'node:module'
import { setFlagsFromString } from 'node:v8'

const wasmFlags = ['wasm-tier-up', 'wasm-dynamic-tiering']

let isWasmCompiledOnce = false

/**
 * Has V8 compile WebAssembly once and quickly, and not again for speed: for PGlite the second time would take it half a
 * gigabyte. It goes for all threads of the process.
 */
export function compileWasmOnce(): void {
  for (const flag of wasmFlags) setFlagsFromString(`--no-${flag}`)
}

/** To be called where a thread calls `compileWasmOnce`: threads share the flags of V8 and no variables. */
export function wasmIsCompiledOnce(): void {
  isWasmCompiledOnce = true
}

/**
 * Writes what V8 has compiled to disk, for the next process. It would refuse what was written under other flags than those
 * that it starts with.
 */
export function keepCompiledCode(): void {
  for (const flag of wasmFlags) setFlagsFromString(`--${flag}`)
  flushCompileCache()
  if (isWasmCompiledOnce) compileWasmOnce()
}
