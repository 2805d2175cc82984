/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

import { tellPoints } from './points.ts'
import { followProgress } from './progress.ts'
import { sortByHeads } from './sorting.ts'
import { weighAnew } from './weights.ts'

// What pages do beyond showing themselves; each of them works without it.
document.documentElement.classList.add('scripted')
followProgress()
for (const section of document.querySelectorAll('.weights')) weighAnew(section)
for (const chart of document.querySelectorAll<HTMLElement>('.chart, .seat-trend')) tellPoints(chart)
// A page of a longer list has its order from the service.
const whole = 'main .table:not(.diff, :has(thead a), .weights *, .running *) > table'
for (const table of document.querySelectorAll<HTMLTableElement>(whole)) sortByHeads(table)
