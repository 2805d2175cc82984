import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rightAnswers } from '../support/answering-models.ts'
import { type OpenAiFault, startLoopbackOpenAi } from '../support/loopback-openai.ts'
import type { Loopback } from '../support/loopback-server.ts'
import {
  finished,
  type Place,
  runIncumbent,
  spawnIncumbent,
  startIncumbent,
  temporaryFolder,
} from '../support/run-incumbent.ts'
import { type Serving, serveIncumbent } from '../support/serve-incumbent.ts'
import { forEachDatabase, onEmbedded, type TestDatabases } from '../support/test-databases.ts'

async function placed(databases: TestDatabases, cwd: string, server: Loopback<OpenAiFault>): Promise<Place> {
  const lines = [
    'baselines: []',
    `providers: { vllm: { kind: openai, baseUrl: '${server.url}', concurrency: 4 } }`,
    'models: [{ name: served, provider: vllm }]',
    'tiers: { 1: { candidates: [served], initial: served }, 2: { candidates: [served], initial: none }, 3: none }',
  ]
  writeFileSync(join(cwd, 'incumbent.yaml'), `${lines.join('\n')}\n`)
  return { cwd, database: await databases.place() }
}

function clientOf({ url }: Serving, apiKey = 'none'): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 })
}

const hello = { model: 'tier-1', messages: [{ role: 'user' as const, content: 'Say the magic word.' }] }

forEachDatabase((databases) => {
  describe('incumbent serve', () => {
    const cwd = temporaryFolder()
    let server: Loopback<OpenAiFault>
    let place: Place
    let service: Serving

    beforeAll(async () => {
      server = await startLoopbackOpenAi({ answer: rightAnswers() })
      place = await placed(databases, cwd, server)
      service = await serveIncumbent(place)
    })
    afterAll(async () => {
      await service.stop('SIGKILL')
      await server.close()
    })

    test('says where it listens and what each tier answers with', () => {
      expect(service.announced).toMatch(/^Listening on http:\/\/127\.0\.0\.1:\d+$/m)
      expect(service.announced).toMatch(/^tier-1 +core +served$/m)
      expect(service.announced).toMatch(/^tier-2 +enhanced +vacant$/m)
    })

    test('answers the official client by the number of a tier, by its name, and by the name of a model', async () => {
      for (const model of ['tier-1', 'core', 'served']) {
        const request = clientOf(service).chat.completions.create({ ...hello, model })
        const { data, response } = await request.withResponse()
        expect(data.choices[0]?.message.content).toBe('hello')
        expect(data.model).toBe('served')
        expect(response.headers.get('x-incumbent-tier')).toBe(model === 'served' ? null : '1')
      }
    })

    test('lets go of the model at once when the application goes away, streaming or not', async () => {
      const inFlight = async () => {
        const response = await fetch(new URL('/loopback/state', server.url))
        return ((await response.json()) as { inFlight: number }).inFlight
      }
      server.change({ latencyMs: 20_000 })
      for (const stream of [false, true]) {
        const gone = new AbortController()
        const answer = clientOf(service).chat.completions.create({ ...hello, stream }, { signal: gone.signal })
        const aborted = expect(answer).rejects.toThrow('aborted')
        await expect.poll(inFlight).toBe(1)
        gone.abort()
        await aborted
        await expect.poll(inFlight, { timeout: 1_000 }).toBe(0)
      }
      server.change({ latencyMs: 0 })
    })

    test('names what it has where the name is unknown, and how to fill a seat that is vacant', async () => {
      const ask = (model: string) => clientOf(service).chat.completions.create({ ...hello, model })
      await expect(ask('tier-4')).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
      await expect(ask('serves')).rejects.toThrow('Did you mean served?')
      await expect(ask('tier-2')).rejects.toMatchObject({ status: 503, code: 'model_unavailable' })
    })

    test('says that it is not ready while a seat is vacant', async () => {
      const response = await fetch(`${service.url}/readyz`)
      expect(response.status).toBe(503)
      expect(await response.text()).toContain('tier 2')
    })

    test('ends at once where it cannot listen, and says what to do', async () => {
      const own = { ...place, database: await databases.place() }
      const { code, stderr } = await spawnIncumbent(own, 'serve', '--port', new URL(service.url).port)
      expect(code).toBe(2)
      expect(stderr).toContain('something listens there already')
    })

    test('lets other commands do their work meanwhile', async () => {
      const { code, stdout } = await runIncumbent(place, 'status', '--json')
      expect(code).toBe(0)
      expect((JSON.parse(stdout) as { tiers: { model: string }[] }).tiers[0]?.model).toBe('served')
    })

    test('ends in good order when it is told to, with exit code 0 and never a prompt in its log', async () => {
      const { code, stderr } = await service.stop('SIGTERM')
      expect(code).toBe(0)
      const lines = stderr
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { event: string; status: number })
      expect(lines.filter(({ event, status }) => event === 'request' && status === 200)).toHaveLength(3)
      expect(stderr).not.toContain('magic')
      expect(existsSync(join(place.database.home, 'service.sock'))).toBe(false)
    })
  })
})

onEmbedded((databases) => {
  describe('a service that is just starting', () => {
    const cwd = temporaryFolder()

    test('is waited for by the commands that need it', async () => {
      const server = await startLoopbackOpenAi()
      const place = await placed(databases, cwd, server)
      const starting = serveIncumbent(place)
      const owner = join(place.database.home, 'owner.json')
      await expect.poll(() => existsSync(owner), { interval: 10, timeout: 30_000 }).toBe(true)
      // The service has taken its database by now, and opens it.
      expect(existsSync(join(place.database.home, 'service.sock'))).toBe(false)
      const { code, stdout } = await runIncumbent(place, 'db', 'query', 'select 1 as one', '--csv')
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'one\r\n1\r\n' })
      await (await starting).stop()
      await server.close()
    })
  })

  describe('commands beside a service that has the embedded database', () => {
    const cwd = temporaryFolder()
    let server: Loopback<OpenAiFault>
    let place: Place
    let service: Serving

    beforeAll(async () => {
      server = await startLoopbackOpenAi({ latencyMs: 20, answer: rightAnswers() })
      place = await placed(databases, cwd, server)
      service = await serveIncumbent(place)
    })
    afterAll(async () => {
      await service.stop('SIGKILL')
      await server.close()
    })

    test('have the same output and the same exit codes, for mistakes too', async () => {
      expect(await spawnIncumbent(place, 'db', 'query', 'select 1 as one', '--csv')).toMatchObject({
        code: 0,
        stdout: 'one\r\n1\r\n',
      })
      const wrong = await runIncumbent(place, 'db', 'query', 'selct')
      expect(wrong).toMatchObject({ code: 2, stdout: '' })
      expect(wrong.stderr).toContain('syntax error')
    })

    test('make tokens, which hold within two seconds', async () => {
      const { stdout } = await runIncumbent(place, 'token', 'create', 'shop', '--json')
      const { token } = JSON.parse(stdout) as { token: string }
      await expect.poll(async () => (await fetch(`${service.url}/v1/models`)).status, { timeout: 2_000 }).toBe(401)
      expect((await clientOf(service, token).models.list()).data.length).toBeGreaterThan(1)
      expect((await runIncumbent(place, 'token', 'revoke', 'shop')).code).toBe(0)
      await expect.poll(async () => (await fetch(`${service.url}/v1/models`)).status, { timeout: 2_000 }).toBe(200)
    })

    test('work from another folder with the configuration of the service, and are refused with another one', async () => {
      const elsewhere = join(cwd, 'elsewhere')
      mkdirSync(elsewhere)
      const named = await runIncumbent({ ...place, cwd: elsewhere }, 'status', '--config', '../incumbent.yaml')
      expect(named.stdout).toContain('served')
      const without = await runIncumbent({ ...place, cwd: elsewhere }, 'status')
      expect(without.code).toBe(2)
      expect(without.stderr).toContain(`Add --config ${join(cwd, 'incumbent.yaml')}`)
    })

    test('evaluate inside the service, and are stopped there by Ctrl-C here', async () => {
      const run = await runIncumbent(place, 'run', '--dataset', 'v0', '--tier', '1', '--json')
      expect(run, run.stderr).toMatchObject({ code: 0 })
      expect((JSON.parse(run.stdout) as { evaluations: unknown[] }).evaluations).toHaveLength(1)
      expect(run.stderr).toContain('Tier 1 core')
      const calls = server.calls()
      const child = startIncumbent(place, 'run', '--dataset', 'v0', '--tier', '1')
      const ended = finished(child)
      while (server.calls() < calls + 5) await delay(5)
      child.kill('SIGINT')
      const { code, stderr } = await ended
      expect(code).toBe(130)
      expect(stderr).toContain('npx incumbent resume')
      expect((await fetch(`${service.url}/healthz`)).status).toBe(200)
    })

    test('a second service is told who has the directory, and the tables stay where they are', async () => {
      const second = await spawnIncumbent(place, 'serve', '--port', '0')
      expect(second.code).toBe(2)
      expect(second.stderr).toContain(`in use by process ${service.process.pid}`)
      const down = await runIncumbent(place, 'db', 'migrate', '--down')
      expect(down.code).toBe(2)
      expect(down.stderr).toContain('Stop it first')
    })

    test('go on by themselves after the service was killed, and through the next one', async () => {
      await service.stop('SIGKILL')
      expect(existsSync(join(place.database.home, 'service.sock'))).toBe(true)
      expect((await runIncumbent(place, 'status')).code).toBe(0)
      service = await serveIncumbent(place)
      expect((await runIncumbent(place, 'status')).code).toBe(0)
      expect((await service.stop('SIGINT')).code).toBe(0)
    })
  })
})
