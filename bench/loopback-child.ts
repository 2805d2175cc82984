import { resolve } from 'node:path'
import { startChild } from '../test/support/child-process.ts'

export type Protocol = 'openai' | 'gemini' | 'ollama'

export interface LoopbackChild {
  /** The base URL to configure. */
  url: string
  /** Questions to models so far. */
  calls(): Promise<number>
  setLatency(latencyMs: number): Promise<void>
  close(): Promise<void>
}

/** A server on 127.0.0.1 in a process of its own, so that its work is not counted as the measured program's. */
export async function startLoopbackChild(protocol: Protocol, answers: string): Promise<LoopbackChild> {
  const script = resolve(import.meta.dirname, `../test/support/loopback-${protocol}.ts`)
  const child = startChild(script, ['--answers', answers])
  const url = await child.line('http://')
  const { origin } = new URL(url)
  return {
    url,
    async calls() {
      const reply = await fetch(`${origin}/loopback/state`)
      return ((await reply.json()) as { calls: number }).calls
    },
    async setLatency(latencyMs) {
      await fetch(`${origin}/loopback/script`, { method: 'POST', body: JSON.stringify({ latencyMs }) })
    },
    close: () => child.kill(),
  }
}
