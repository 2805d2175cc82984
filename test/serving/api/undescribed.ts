import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/shared/json.ts'
import { publishedDocument } from './published-document.ts'

/**
 * Asks a service everything that it can be asked of what it holds, and holds each answer against the document.
 * @param mostEvaluations the newest
 * @returns what is not described, or other than described, by path; empty where all is well
 */
export async function undescribed(url: string, mostEvaluations = 50): Promise<string[]> {
  const { faultsOf } = await publishedDocument(url)
  const faults: string[] = []

  /** Of `/api/tiers/{tier}`, where the names stand in `values`. */
  async function ask(path: string, values: Record<string, string> = {}, query = ''): Promise<JsonObject> {
    const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? '')) + query
    const response = await fetch(url + address)
    const text = await response.text()
    if (response.status !== 200) faults.push(`${address}: ${response.status} ${text.slice(0, 300)}`)
    const body = JSON.parse(text) as JsonValue
    faults.push(...faultsOf(`GET ${path}`, body).map((fault) => `${address}: ${fault}`))
    return isJsonObject(body) ? body : { items: body }
  }

  async function askOfEvaluation(id: string): Promise<void> {
    await ask('/api/evaluations/{id}', { id })
    const { items } = await ask('/api/evaluations/{id}/samples', { id }, '?limit=3')
    const [first, second] = texts(items, 'sample')
    for (const key of [first, second].filter((one) => one !== undefined)) {
      const { models } = await ask('/api/evaluations/{id}/samples/{key}', { id, key })
      const [one, other] = texts(models, 'model').toReversed()
      if (other !== undefined) await ask('/api/evaluations/{id}/samples/{key}', { id, key }, `?models=${one},${other}`)
    }
    const outcomes = await (await fetch(`${url}/api/exports/outcomes?evaluation=${id}&inputs=true`)).text()
    for (const line of outcomes.trim().split('\n').slice(0, 20)) {
      if (line === '') continue
      const found = faultsOf('GET /api/exports/outcomes', JSON.parse(line), 'application/jsonl')
      faults.push(...found.map((fault) => `outcomes of ${id}: ${fault}`))
    }
  }

  for (const path of ['/api/overview', '/api/costs', '/api/deliveries', '/api/slots', '/api/alerts']) await ask(path)
  await ask('/api/costs/projection', {}, '?perDay=100&budget=10')
  const { items } = await ask('/api/evaluations', {}, `?limit=${mostEvaluations}`)
  for (const id of texts(items, 'id')) await askOfEvaluation(id)
  for (const tier of texts((await ask('/api/tiers')).items, 'tier')) await ask('/api/tiers/{tier}', { tier })
  for (const name of texts((await ask('/api/models')).models, 'model')) {
    await ask('/api/models/{name}', { name })
    await ask('/api/model-runs', {}, `?model=${encodeURIComponent(name)}`)
  }
  for (const reference of texts((await ask('/api/datasets')).items, 'reference')) {
    await ask('/api/datasets/{reference}', { reference })
    const { items } = await ask('/api/datasets/{reference}/samples', { reference })
    const [key = ''] = texts(items, 'sample')
    await ask('/api/datasets/{reference}/samples/{key}', { reference, key })
  }
  return faults
}

function texts(list: JsonValue | undefined, field: string): string[] {
  const values = Array.isArray(list) ? list.filter(isJsonObject).map((item) => item[field]) : []
  return values.flatMap((value) => (typeof value === 'string' || typeof value === 'number' ? [String(value)] : []))
}
