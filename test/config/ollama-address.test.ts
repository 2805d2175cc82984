import { describe, expect, test } from 'vitest'
import { ollamaAddress } from '../../src/config/ollama-address.ts'

describe('OLLAMA_HOST', () => {
  test.each([
    ['127.0.0.1', 'http://127.0.0.1:11434'],
    ['gpu.local:8080', 'http://gpu.local:8080'],
    ['gpu.local:80', 'http://gpu.local'],
    [':11500', 'http://127.0.0.1:11500'],
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    ['0.0.0.0:11500', 'http://127.0.0.1:11500'],
    ['[::1]', 'http://[::1]:11434'],
    ['[::]:11434', 'http://[::1]:11434'],
    ['http://gpu.local', 'http://gpu.local'],
    ['https://ollama.example.com/', 'https://ollama.example.com'],
    ['http://gpu.local:11434/proxy/', 'http://gpu.local:11434/proxy'],
  ])('%s means %s', (host, address) => {
    expect(ollamaAddress(host)).toBe(address)
  })

  test.each(['a b', 'tcp://127.0.0.1:11434', 'host:port', ''])('%j is no address', (host) => {
    expect(ollamaAddress(host)).toBeUndefined()
  })
})
