import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type InitOptions, initCommand, runInit } from '../../src/commands/init.ts'
import { isListeningHere } from '../../src/commands/look-around.ts'
import { type Config, loadConfig } from '../../src/config/config.ts'
import type { Environment } from '../../src/config/environment.ts'
import { UserError } from '../../src/shared/user-error.ts'

const tags = {
  models: [
    { name: 'qwen3:4b', details: { family: 'qwen3' } },
    { name: 'hf.co/someone/Llama-3.2-3B-Instruct-GGUF:Q4_K_M', capabilities: ['completion', 'tools'] },
    { name: 'nomic-embed-text:latest', details: { family: 'nomic-bert' } },
    { name: 'all-minilm:latest', details: { family: 'bert' } },
    { name: 'embeddinggemma:latest', capabilities: ['embedding'] },
    { name: 'big-model:cloud', remote_host: 'https://ollama.com' },
  ],
}
const chatModels = ['qwen3:4b', 'hf.co/someone/Llama-3.2-3B-Instruct-GGUF:Q4_K_M']

let folder: string
let server: Server | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'incumbent-init-'))
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  if (server !== undefined) await new Promise((resolve) => server?.close(resolve))
  server = undefined
})

/** An HTTP server on this machine that answers every request with this; its OLLAMA_HOST. */
async function answering(status: number, body: string): Promise<string> {
  server = createServer((_request, response) => response.writeHead(status).end(body))
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function init(environment: Environment, changes: Partial<InitOptions> = {}): Promise<string> {
  const printed: string[] = []
  await runInit({
    cwd: folder,
    environment: { OLLAMA_HOST: '127.0.0.1:9', ...environment },
    fetch,
    isListening: async () => false,
    listGemini: async () => undefined,
    force: false,
    json: false,
    print: (text) => printed.push(text),
    ...changes,
  })
  return printed.join('\n')
}

const writtenText = () => readFileSync(join(folder, 'incumbent.yaml'), 'utf8')

/** Everything but the place of the file, which no defaults have. */
function withoutFile(environment: Environment): Omit<Config, 'file'> {
  const { file: _, ...rest } = loadConfig({ cwd: folder, environment })
  return rest
}

/** Takes away the # of every line that is switched off, as the file tells its reader to do. */
function switchOnEverything(): void {
  writeFileSync(join(folder, 'incumbent.yaml'), writtenText().replace(/^( *)#(?! )/gm, '$1'))
}

const situations: [string, { ollama: boolean; environment: Environment }][] = [
  ['nothing', { ollama: false, environment: {} }],
  ['a key for Gemini', { ollama: false, environment: { GEMINI_API_KEY: 'hunter2' } }],
  ['only Ollama', { ollama: true, environment: {} }],
  ['both', { ollama: true, environment: { GEMINI_API_KEY: 'hunter2' } }],
  ['a database', { ollama: false, environment: { DATABASE_URL: 'postgres://u:hunter2@db/x' } }],
]

describe.each(situations)('where there is %s, the file', (_what, { ollama, environment }) => {
  async function written(): Promise<Environment> {
    const OLLAMA_HOST = ollama ? await answering(200, JSON.stringify(tags)) : '127.0.0.1:9'
    await init({ ...environment, OLLAMA_HOST })
    return { ...environment, OLLAMA_HOST }
  }

  test('loads as it is, and with every line switched on', async () => {
    const found = await written()
    expect(withoutFile(found).tiers).toHaveLength(3)
    switchOnEverything()
    const config = loadConfig({ cwd: folder, environment: found })
    expect(config.budget.cycleUsd).toBe(5)
    expect(config.providers.vllm?.kind).toBe('openai')
  })

  test('says nothing but what differs from the defaults', async () => {
    const { models: _, tiers: usual, ...defaults } = withoutFile({ OLLAMA_HOST: '127.0.0.1:9', ...environment })
    const found = await written()
    const { models, tiers, ...rest } = withoutFile({ ...found, OLLAMA_HOST: '127.0.0.1:9' })
    const isOllamaOnly = ollama && environment.GEMINI_API_KEY === undefined
    expect(JSON.stringify(rest)).toBe(JSON.stringify(defaults))
    expect(models.map(({ name }) => name)).toEqual(ollama ? chatModels : [])
    expect(tiers).toEqual(
      isOllamaOnly ? usual.map((tier) => ({ ...tier, candidates: chatModels, labels: {}, initial: undefined })) : usual,
    )
  })

  test('holds no secret', async () => {
    await written()
    expect(writtenText()).not.toContain('hunter2')
  })
})

describe('init', () => {
  test('says what it found, what it wrote and what comes next', async () => {
    const host = await answering(200, JSON.stringify(tags))
    const printed = await init({ OLLAMA_HOST: host }, { isListening: async () => true })
    expect(printed).toContain('no GEMINI_API_KEY: set it in .env')
    expect(printed).toContain(`answers at http://${host}: ${chatModels.join(', ')}, proposed as candidates`)
    expect(printed).toContain('something listens on port 5432: set DATABASE_URL')
    expect(printed).toMatch(/Wrote incumbent\.yaml\.\nNext: npx incumbent run$/)
  })

  test('names what Gemini has instead of candidates that it does not name any more, with the commands', async () => {
    const listGemini = async () => ['gemini-2.0-flash-001', 'gemini-2.5-flash', 'gemini-2.5-pro']
    const printed = await init({ GEMINI_API_KEY: 'hunter2' }, { listGemini })
    expect(printed).toMatch(/does not name gemini-2\.0-flash-lite-001, gemini-1\.5-flash, gemini-1\.5-pro any more/)
    expect(printed).toContain('npx incumbent models add gemini-2.5-pro --provider gemini --tier 1,2,3')
    expect(printed).not.toContain('hunter2')
  })

  test('prints one JSON document with --json', async () => {
    const printed = await init({ GEMINI_API_KEY: 'hunter2', DATABASE_URL: 'postgres://u:hunter2@db/x' }, { json: true })
    expect(JSON.parse(printed)).toEqual({
      file: join(folder, 'incumbent.yaml'),
      hasGeminiKey: true,
      geminiModels: null,
      ollama: null,
      postgres: 'url',
    })
  })

  test('leaves a file that is there as it is, unless it is forced', async () => {
    writeFileSync(join(folder, 'incumbent.yaml'), '# mine\n')
    await expect(init({})).rejects.toThrow(UserError)
    await expect(init({})).rejects.toThrow('--force')
    expect(writtenText()).toBe('# mine\n')
    await init({}, { force: true })
    expect(writtenText()).toContain('# Configuration of Incumbent')
  })

  test('writes where --config says', async () => {
    const printed = await init({}, { file: 'weekly.yaml' })
    expect(existsSync(join(folder, 'weekly.yaml'))).toBe(true)
    expect(printed).toContain('Wrote weekly.yaml.')
  })

  test('explains a place that cannot be written', async () => {
    await expect(init({}, { file: 'no/such/folder.yaml' })).rejects.toThrow(/^Expected to write .*folder\.yaml/)
  })

  test.each([
    [500, '{"error":"no"}'],
    [200, '<html>another server</html>'],
    [200, '{"models":"none"}'],
  ])('takes a server that answers %i %s for no Ollama', async (status, body) => {
    const printed = await init({ OLLAMA_HOST: await answering(status, body) })
    expect(printed).toContain('Ollama      none answers')
  })

  test('does not wait longer than about a second for an Ollama that is silent', async () => {
    server = createServer(() => {})
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    const startedAt = performance.now()
    const printed = await init({ OLLAMA_HOST: `127.0.0.1:${(server.address() as AddressInfo).port}` })
    server.closeAllConnections()
    expect(performance.now() - startedAt).toBeLessThan(3_000)
    expect(printed).toContain('none answers')
  })

  test('tells an Ollama without chat models what to do', async () => {
    const printed = await init({ OLLAMA_HOST: await answering(200, '{"models":[]}') })
    expect(printed).toContain('ollama pull')
    expect(loadConfig({ cwd: folder, environment: {} }).models).toEqual([])
  })

  test('refuses an OLLAMA_HOST that is no address', async () => {
    await expect(init({ OLLAMA_HOST: 'a b' })).rejects.toThrow('OLLAMA_HOST')
  })

  test('sees what listens on a port of this machine', async () => {
    const [, port] = (await answering(200, '')).split(':')
    expect(await isListeningHere(Number(port))).toBe(true)
    expect(await isListeningHere(9)).toBe(false)
  })

  test('has help with an example', () => {
    let help = ''
    initCommand()
      .configureOutput({ writeOut: (text) => (help += text) })
      .outputHelp()
    expect(help).toContain('--force')
    expect(help).toContain('$ npx incumbent init')
  })
})
