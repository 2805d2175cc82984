import { type Html, html, nothing } from '../../reporting/render-html/html.ts'
import { tableHtml } from '../../reporting/render-html/table-html.ts'
import { withCommands } from '../../reporting/render-html/with-commands.ts'
import { capitalized } from '../../shared/capitalized.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/json.ts'

/** The OpenAPI document for people: every route with what it takes and gives. */
export function docsPage(document: JsonObject): Html {
  const operations = Object.entries(objectIn(document.paths)).flatMap(([path, methods]) =>
    Object.entries(objectIn(methods)).map(([method, operation]) => ({ path, method, operation: objectIn(operation) })),
  )
  const groups = Map.groupBy(operations, ({ operation }) => textIn(listIn(operation.tags)[0]))
  const schemas = Object.entries(objectIn(objectIn(document.components).schemas))
  return html`<h1>The API of this service</h1>
<p class="lede">${textIn(objectIn(document.info).description)} Once there is a token every request needs one, as <code class="whole">Authorization: Bearer …</code>. Programs get this page as an <a href="/api/docs?format=json">OpenAPI document</a>.</p>
${[...groups].map(([tag, own]) => html`<section><h2>${capitalized(tag)}</h2>${own.map(operationHtml)}</section>`)}
<section><h2>Schemas</h2>${schemas.map(([name, schema]) => html`<details><summary>${name}</summary><div id="schema-${name}">${schemaHtml(schema)}</div></details>`)}</section>`
}

interface Operation {
  path: string
  method: string
  operation: JsonObject
}

function operationHtml({ path, method, operation }: Operation): Html {
  const { summary, description, parameters, requestBody, responses } = operation
  const done = objectIn(objectIn(responses)['200'])
  return html`<div class="operation"><h3>${textIn(summary)}</h3><p><code>${method.toUpperCase()} ${path}</code></p>
${description === undefined ? nothing : html`<p>${withCommands(textIn(description))}</p>`}
${parametersHtml(listIn(parameters).map(objectIn))}
${requestBody === undefined ? nothing : html`<details><summary>Takes</summary>${contentHtml(objectIn(requestBody))}</details>`}
<details><summary>Gives</summary>${contentHtml(done)}</details></div>`
}

function parametersHtml(parameters: readonly JsonObject[]): Html {
  if (parameters.length === 0) return nothing
  const rows = parameters.map(({ name, in: where, required, description, schema }) => [
    textIn(name),
    `${textIn(where)}${required === true ? ', required' : ''}`,
    kindOf(objectIn(schema)),
    withCommands(textIn(description)),
  ])
  return tableHtml({ titles: ['Parameter', 'In', 'Is', 'Means'], rows, aligns: 'llll' })
}

/** `integer, at least 1, at most 200, usually 50` */
function kindOf({ type, enum: words, minimum, maximum, default: usual }: JsonObject): string {
  const kind = Array.isArray(words) ? `one of ${words.map(String).join(', ')}` : textIn(type)
  const parts = [
    kind === '' ? 'any' : kind,
    ...(typeof minimum === 'number' ? [`at least ${minimum}`] : []),
    ...(typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? [`at most ${maximum}`] : []),
    ...(typeof usual === 'number' || typeof usual === 'string' ? [`usually ${usual}`] : []),
  ]
  return parts.join(', ')
}

function contentHtml({ content }: JsonObject): Html {
  const kinds = Object.entries(objectIn(content))
  return html`${kinds.map(([type, body]) => html`<p class="note">${type}</p>${type === 'application/json' ? schemaHtml(objectIn(body).schema ?? null) : nothing}`)}`
}

function schemaHtml(schema: JsonValue): Html {
  const reference = isJsonObject(schema) ? textIn(schema.$ref) : ''
  const name = reference.split('/').at(-1) ?? ''
  if (name !== '') return html`<p><a href="#schema-${name}">${name}</a></p>`
  return html`<pre tabindex="0">${JSON.stringify(schema, null, 2)}</pre>`
}

function objectIn(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

function listIn(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : []
}

function textIn(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
