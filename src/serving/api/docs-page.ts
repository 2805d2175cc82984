import { type Html, html, nothing } from '../../reporting/render-html/html.ts'
import { tableHtml } from '../../reporting/render-html/table-html.ts'
import { capitalized } from '../../shared/capitalized.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/json.ts'
import { docsFields, kindHtml } from './docs-fields.ts'

/** The OpenAPI document for people: every route with what it takes and gives. */
export function docsPage(document: JsonObject): Html {
  const operations = Object.entries(objectIn(document.paths)).flatMap(([path, methods]) =>
    Object.entries(objectIn(methods)).map(([method, operation]) => ({ path, method, operation: objectIn(operation) })),
  )
  const groups = Map.groupBy(operations, ({ operation }) => textIn(listIn(operation.tags)[0]))
  const { schemas, responses } = objectIn(document.components)
  const [lede = '', ...rules] = textIn(objectIn(document.info).description).split('\n\n')
  return html`<h1>The API of this service</h1>
<p class="lede">${lede} Programs get this page as an <a href="/api/docs?format=json">OpenAPI document</a>.</p>
${rules.map((rule) => html`<p>${ruleHtml(rule)}</p>`)}
${[...groups].map(([tag, own]) => html`<section><h2>${capitalized(tag)}</h2>${own.map(operationHtml)}</section>`)}
<section><h2>Errors</h2>${Object.entries(objectIn(responses)).map(errorHtml)}</section>
<section><h2>Schemas</h2>${Object.entries(objectIn(schemas)).map(namedHtml)}</section>`
}

/** `**Values**: times are …` */
function ruleHtml(rule: string): Html {
  const [, title = '', rest = rule] = /^\*\*(.+?)\*\*(.*)$/s.exec(rule) ?? []
  return html`<strong>${title}</strong>${withCode(rest)}`
}

interface Operation {
  path: string
  method: string
  operation: JsonObject
}

function operationHtml({ path, method, operation }: Operation): Html {
  const { summary, description, parameters, requestBody, responses } = operation
  const { 200: done, default: _other, ...errors } = objectIn(responses)
  return html`<div class="operation"><h3>${textIn(summary)}</h3><p><code>${method.toUpperCase()} ${path}</code></p>
${description === undefined ? nothing : html`<p>${withCode(textIn(description))}</p>`}
${parametersHtml(listIn(parameters).map(objectIn))}
${requestBody === undefined ? nothing : html`<details><summary>Takes</summary>${contentHtml(objectIn(requestBody))}</details>`}
<details><summary>Gives</summary>${contentHtml(objectIn(done))}</details>
<p class="note">Or an error: ${Object.entries(errors).map(errorLink)}.</p></div>`
}

function parametersHtml(parameters: readonly JsonObject[]): Html {
  if (parameters.length === 0) return nothing
  const rows = parameters.map(({ name, in: where, required, description, schema }) => [
    textIn(name),
    `${textIn(where)}${required === true ? ', required' : ''}`,
    kindHtml(objectIn(schema)),
    withCode(textIn(description)),
  ])
  return tableHtml({ titles: ['Parameter', 'In', 'Is', 'Means'], rows, aligns: 'llll' })
}

function contentHtml({ content }: JsonObject): Html {
  const kinds = Object.entries(objectIn(content))
  return html`${kinds.map(([type, body]) => html`<p class="note">${type}</p>${type.startsWith('text/') && type !== 'text/event-stream' ? nothing : schemaHtml(objectIn(objectIn(body).schema))}`)}`
}

function namedHtml([name, value]: [string, JsonValue]): Html {
  const schema = objectIn(value)
  return html`<details><summary>${name}</summary><div id="schema-${name}"><p>${withCode(textIn(schema.description))}</p>${schemaHtml(schema)}</div></details>`
}

function schemaHtml(schema: JsonObject): Html {
  const rows = docsFields(schema).map(({ path, kind, means }) => [pathHtml(path), kind, withCode(means)])
  const fields =
    rows.length === 0
      ? html`<p>${kindHtml(schema)}</p>`
      : tableHtml({ titles: ['Field', 'Is', 'Means'], rows, aligns: 'lll' })
  return html`${fields}${listIn(schema.examples).filter(isJsonObject).map(exampleHtml)}`
}

/** Long ones break after a dot. */
function pathHtml(path: string): Html {
  return html`<code>${path.split(/(?<=\.)/).map((part, index) => (index === 0 ? part : html`<wbr>${part}`))}</code>`
}

/** What stands between backticks is code. */
function withCode(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`
}

function errorLink([status, value]: [string, JsonValue], index: number): Html {
  const name = textIn(objectIn(value).$ref).split('/').at(-1)
  const comma = index === 0 ? '' : ', '
  return name === undefined || name === ''
    ? html`${comma}${status}`
    : html`${comma}<a href="#error-${name}">${status}</a>`
}

function errorHtml([name, value]: [string, JsonValue]): Html {
  const { description, content } = objectIn(value)
  const { example } = objectIn(objectIn(content)['application/json'])
  return html`<details><summary>${name}</summary><div id="error-${name}"><p>${textIn(description)}</p>${example === undefined ? nothing : exampleHtml(example)}</div></details>`
}

function exampleHtml(example: JsonValue): Html {
  return html`<pre tabindex="0">${JSON.stringify(example, null, 2)}</pre>`
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
