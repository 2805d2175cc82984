/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

import { followProgress } from './progress.ts'

// What pages do beyond showing themselves; each of them works without it.
document.documentElement.classList.add('scripted')
followProgress()
