import { type Html, html, trusted } from './html.ts'

/** Pictures of one letter's size; the word beside them says the same. */
const paths: Record<string, string> = {
  Switch: '<path d="M2 8h11M9 4l4 4-4 4"/>',
  Keep: '<path d="M4 4h8v8H4z" fill="currentColor"/>',
  'Gather more': '<path d="M2 4v8M14 4v8M2 8h12"/><circle cx="8" cy="8" r="2.4" fill="currentColor"/>',
  warning: '<path d="M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 11.8v.4"/>',
}

function glyph(name: string): Html {
  return trusted(
    `<svg class="glyph" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" aria-hidden="true">${paths[name] ?? ''}</svg>`,
  )
}

/** Switch, Keep, Gather more: glyph and word, never colour alone. */
export function verdictBadge(word: string, size: 'large' | 'row' = 'large'): Html {
  const kind = word.toLowerCase().replace(' ', '-')
  return html`<span class="badge ${size} ${kind}">${glyph(word)}${word}</span>`
}

export function warningGlyph(): Html {
  return glyph('warning')
}

/** Stands beside the name of every simulated model. */
export function modelName(name: string | Html, isSimulated: boolean): Html {
  return isSimulated ? html`<b>${name}</b> <span class="simulated">simulated</span>` : html`<b>${name}</b>`
}
