import { enableCompileCache } from 'node:module'
import { isBundleFresh } from './bundle.js'

enableCompileCache()
// A checkout that was edited since runs its sources, which are the same program.
await import(isBundleFresh() ? '../dist/main.js' : '../src/main.ts')
