/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

import { followProgress } from './progress.ts'
import { weighAnew } from './weights.ts'

// What pages do beyond showing themselves; each of them works without it.
document.documentElement.classList.add('scripted')
followProgress()
for (const section of document.querySelectorAll('.weights')) weighAnew(section)
