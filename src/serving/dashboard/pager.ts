import { type Html, html, nothing } from '../../reporting/render-html/html.ts'

/** The address of a page with other values in its query; undefined takes one out. */
export function withQuery(url: string, changes: Readonly<Record<string, string | undefined>>): string {
  const [path = '/', search = ''] = url.split('?')
  const query = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(name)
    else query.set(name, value)
  }
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

/** Links to the first page and to the one that follows; nothing where all is on one page. @param anchor `#samples` */
export function pager(url: string, next: string | null, anchor = ''): Html {
  const isFirst = !new URLSearchParams(url.split('?')[1]).has('cursor')
  const first = isFirst
    ? nothing
    : html`<a href="${withQuery(url, { cursor: undefined })}${anchor}" rel="first">First page</a>`
  const further =
    next === null ? nothing : html`<a href="${withQuery(url, { cursor: next })}${anchor}" rel="next">Next page</a>`
  return isFirst && next === null ? nothing : html`<p class="pager">${first} ${further}</p>`
}
