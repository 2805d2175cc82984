import { modelName } from '../../reporting/render-html/glyphs.ts'
import { type Html, html } from '../../reporting/render-html/html.ts'

/** Leads to the page of a model; beside a simulated one that is said. */
export function modelLink(name: string, isSimulated: boolean): Html {
  return modelName(html`<a class="whole" href="/models/${encodeURIComponent(name)}">${name}</a>`, isSimulated)
}
