import { type Html, html, trusted } from '../../reporting/render-html/html.ts'

/** The places of the dashboard; a page belongs to the place whose path begins its own. */
const places = [
  ['Overview', '/'],
  ['Tiers', '/tiers'],
  ['Evaluations', '/evaluations'],
  ['Models', '/models'],
  ['Cost', '/costs'],
  ['Data', '/datasets'],
  ['Deliveries', '/deliveries'],
] as const

/** @param aside what stands at the end of the line */
export function navigation(path: string, aside: Html): Html {
  const links = places.map(([title, place]) => {
    const isHere = place === '/' ? path === '/' : path === place || path.startsWith(`${place}/`)
    return html`<li><a href="${place}"${isHere ? trusted(' aria-current="page"') : ''}>${title}</a></li>`
  })
  return html`<header class="top"><div>
<a class="brand" href="/">${trusted(mark)}Incumbent</a>
<nav aria-label="Main"><ul>${links}</ul></nav>
<p class="next">${aside}</p>
</div></header>`
}

/** A seat, and the interval of a challenger beside it. */
const mark =
  '<svg width="22" height="18" viewBox="0 0 22 18" aria-hidden="true"><path d="M3 1v16" stroke="var(--ink)" stroke-width="2.4"/><path d="M8 9h13" stroke="var(--challenger)" stroke-width="2"/><circle cx="14" cy="9" r="4" fill="var(--challenger)"/></svg>'
