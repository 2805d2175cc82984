import { escaped } from '../charts/clean-svg.ts'

/** Markup that is safe to show: only `html` and `trusted` make it. */
export interface Html {
  readonly markup: string
}

type Content = Html | string | number | undefined | readonly (Html | string | undefined)[]

/** Markup with values in it: text is escaped, markup stays, a list is joined, undefined is nothing. */
export function html(parts: TemplateStringsArray, ...values: Content[]): Html {
  return { markup: parts.reduce((text, part, index) => text + markupOf(values[index - 1]) + part) }
}

/** Markup that was made elsewhere, such as a chart. */
export function trusted(markup: string): Html {
  return { markup }
}

export const nothing: Html = { markup: '' }

function markupOf(content: Content): string {
  if (content === undefined) return ''
  if (typeof content === 'string' || typeof content === 'number') return escaped(String(content))
  return 'markup' in content ? content.markup : content.map(markupOf).join('')
}
