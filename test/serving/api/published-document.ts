import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/shared/json.ts'

export interface PublishedDocument {
  document: JsonObject
  /**
   * What of a body the document does not describe: fields that are missing, that are of another form, or that it does not
   * know at all. Empty where all is well.
   * @param operation `GET /api/tiers/{tier}`
   */
  faultsOf: (operation: string, body: unknown, contentType?: string, status?: number) => string[]
  /** The same of a schema among the components. */
  faultsOfNamed: (name: string, value: unknown) => string[]
}

/** The OpenAPI document of a service, as a client reads it. */
export async function publishedDocument(url: string): Promise<PublishedDocument> {
  const document = (await (await fetch(`${url}/api/docs`)).json()) as JsonObject
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema(closed(document) as JsonObject, 'document')
  const faults = (place: string, value: unknown) => {
    const validate = ajv.getSchema(`document#${place}`)
    if (validate === undefined) throw new Error(`The document has no ${place}.`)
    if (validate(value) === true) return []
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  }
  return {
    document,
    faultsOf(operation, body, contentType = 'application/json', status = 200) {
      const [method = '', path = ''] = operation.split(' ')
      const steps = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', contentType, 'schema']
      return faults(steps.map((step) => `/${inPointer(step)}`).join(''), body)
    },
    faultsOfNamed: (name, value) => faults(`/components/schemas/${name}`, value),
  }
}

function inPointer(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))
}

/** Clients are to leave out what they do not know; here a field that is not described is a fault. */
function closed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(closed)
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, closed(inner)])
  const isObjectSchema = value.type === 'object' && isJsonObject(value.properties)
  return {
    ...(Object.fromEntries(entries) as JsonObject),
    ...(isObjectSchema && value.additionalProperties === undefined ? { additionalProperties: false } : {}),
  }
}
