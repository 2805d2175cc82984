import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'

enableCompileCache()
// A checkout runs its sources; the published package holds only what `npm run build` made.
const source = new URL('../src/main.ts', import.meta.url)
await import(existsSync(source) ? source.href : new URL('../dist/src/main.js', import.meta.url).href)
