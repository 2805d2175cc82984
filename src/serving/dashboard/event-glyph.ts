import { type Html, trusted } from '../../reporting/render-html/html.ts'
import type { LogLine } from '../../workflows/pages/log-line.ts'

/** Pictures of one letter's size beside a line of a record; the line says the same. */
const paths = {
  move: '<path d="M2 8h11M9 4l4 4-4 4"/>',
  done: '<path d="m3 8.5 3.5 3.5L13 4.5"/>',
  back: '<path d="M6 3 2.5 6.5 6 10M2.5 6.5h7a4 4 0 0 1 0 8H7"/>',
  person: '<circle cx="8" cy="5" r="2.6"/><path d="M3 14c.6-3 2.4-4.5 5-4.5s4.4 1.5 5 4.5"/>',
  warning: '<path d="M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 11.8v.4"/>',
  note: '<circle cx="8" cy="8" r="6"/><path d="M8 7v4M8 4.8v.4"/>',
} as const

function glyph(name: keyof typeof paths, tone: string): Html {
  return trusted(
    `<svg class="glyph ${tone}" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" aria-hidden="true">${paths[name]}</svg>`,
  )
}

/** Of a line in the record of a seat. */
export function eventGlyph({ what, model }: LogLine): Html {
  if (what === 'assigned' && model === null) return glyph('note', 'quiet')
  if (what.endsWith('rolled-back')) return glyph('back', 'bad')
  if (what.endsWith('rejected') || what.endsWith('superseded')) return glyph('note', 'quiet')
  if (what.startsWith('approve') || what.includes('pin')) return glyph('person', 'quiet')
  if (what.endsWith('paused') || what.endsWith('incident')) return glyph('warning', 'warn')
  return what === 'assigned' || what.endsWith('full') ? glyph('done', 'good') : glyph('move', 'lead')
}

export function alertGlyph(severity: 'info' | 'warning' | 'critical'): Html {
  if (severity === 'info') return glyph('note', 'quiet')
  return glyph('warning', severity === 'critical' ? 'bad' : 'warn')
}
