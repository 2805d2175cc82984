import { Pool } from 'undici'

/** One and the same client for the model server and for the gateway in front of it. */
export interface GatewayClient {
  /** Asks so many times, so many at once. Milliseconds of each, and of all. */
  drive(requests: number, concurrency: number): Promise<Driven>
  /** Asks once; the model that answered. */
  ask(): Promise<string>
  close(): Promise<void>
}

export interface Driven {
  latenciesMs: number[]
  wallMs: number
}

const body = JSON.stringify({
  model: 'tier-1',
  messages: [
    { role: 'system', content: 'You are a friendly assistant.' },
    { role: 'user', content: 'Say hello to whoever reads this.' },
  ],
  temperature: 0,
  max_tokens: 64,
})
const headers = { 'content-type': 'application/json', authorization: 'Bearer none' }

/** @param baseUrl with `/v1` */
export function gatewayClient(baseUrl: string): GatewayClient {
  const { origin, pathname } = new URL(baseUrl)
  const pool = new Pool(origin, { connections: 64, pipelining: 1 })
  const path = `${pathname}/chat/completions`

  async function post(): Promise<{ model: string }> {
    const response = await pool.request({ method: 'POST', path, headers, body })
    const answer = (await response.body.json()) as { model: string }
    if (response.statusCode !== 200) throw new Error(`It answered ${response.statusCode}: ${JSON.stringify(answer)}`)
    return answer
  }

  return {
    async drive(requests, concurrency) {
      const latenciesMs: number[] = []
      let left = requests
      const worker = async () => {
        while (left > 0) {
          left -= 1
          const startedMs = performance.now()
          await post()
          latenciesMs.push(performance.now() - startedMs)
        }
      }
      const startedMs = performance.now()
      await Promise.all(Array.from({ length: concurrency }, worker))
      return { latenciesMs, wallMs: performance.now() - startedMs }
    },
    ask: async () => (await post()).model,
    close: () => pool.close(),
  }
}
