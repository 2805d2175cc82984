import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A TypeScript program in a process of its own, and the lines that it prints. */
export interface Child {
  process: ChildProcess
  lines: string[]
  /** Resolves with the first line that contains `text`; rejects when the process ends without it. */
  line(text: string): Promise<string>
  /** Resolves with exit code and what it wrote to stderr. */
  ended: Promise<{ code: number | null; errors: string }>
  kill(signal?: NodeJS.Signals): Promise<void>
}

export function startChild(script: string, words: readonly string[]): Child {
  const child = spawn(process.execPath, [script, ...words], { stdio: ['pipe', 'pipe', 'pipe'] })
  const lines: string[] = []
  const waiting = new Map<string, { resolve: (line: string) => void; reject: (reason: Error) => void }>()
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += String(chunk)
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    for (const [text, { resolve }] of waiting) if (line.includes(text)) resolve(line)
  })
  const ended = new Promise<{ code: number | null; errors: string }>((resolve) => {
    child.once('close', (code) => {
      for (const [text, { reject }] of waiting) reject(new Error(`ended without printing "${text}": ${errors}`))
      resolve({ code, errors })
    })
  })
  return {
    process: child,
    lines,
    ended,
    line: (text) => {
      const printed = lines.find((line) => line.includes(text))
      if (printed !== undefined) return Promise.resolve(printed)
      return new Promise((resolve, reject) => waiting.set(text, { resolve, reject }))
    },
    kill: async (signal = 'SIGKILL') => {
      child.kill(signal)
      await ended
    },
  }
}
