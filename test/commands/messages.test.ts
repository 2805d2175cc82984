import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { rightAnswers } from '../support/answering-models.ts'
import { startLoopbackGemini } from '../support/loopback-gemini.ts'
import { startLoopbackOpenAi } from '../support/loopback-openai.ts'
import { startLoopbackSlack } from '../support/loopback-slack.ts'
import { startLoopbackSmtp } from '../support/loopback-smtp.ts'
import { type Finished, type Place, runIncumbent, temporaryFolder } from '../support/run-incumbent.ts'
import { type Serving, serveIncumbent } from '../support/serve-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

const secrets = {
  GEMINI_API_KEY: 'hunter2-gemini',
  VLLM_API_KEY: 'hunter2-vllm',
  SLACK_BOT_TOKEN: 'xoxb-hunter2-slack',
  SMTP_PASSWORD: 'hunter2-smtp',
}

onEmbedded((databases) => {
  describe('messages of a service with secrets', () => {
    const cwd = temporaryFolder()
    const printed: Finished[] = []
    let servers: Awaited<ReturnType<typeof startServers>>
    let place: Place
    let service: Serving

    beforeAll(async () => {
      servers = await startServers()
      writeFileSync(join(cwd, 'incumbent.yaml'), configuration(servers))
      place = { cwd, database: await databases.place(), environment: secrets }
      service = await serveIncumbent(place)
      await incumbent('run', '--dataset', 'v0', '--tier', '1', '--no-racing')
    }, 60_000)
    afterAll(() => servers.close())

    async function incumbent(...argv: string[]): Promise<Finished> {
      const finished = await runIncumbent(place, ...argv)
      printed.push(finished)
      return finished
    }

    test('`notify test` sends a trial to each channel, within the running service', async () => {
      const { code, stdout, stderr } = await incumbent('notify', 'test')
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toMatch(/^Slack \(#models\): sent [\d-]+ [\d:]+ UTC\nE-mail \(a@example\.com\): sent /)
      expect(servers.slack.messages.at(-1)?.text).toBe('A trial message of Incumbent')
      expect(servers.smtp.mails.at(-1)?.subject).toBe('A trial message of Incumbent')
    })

    test('`report --send` sends the report once to each channel, and again only where that is asked for', async () => {
      const reports = () =>
        servers.slack.messages.filter(({ key }) => /^report:[\w-]+:slack( again \S+)? of \S+$/.test(key ?? ''))
      expect((await incumbent('report', '--send', '--to', 'slack')).stdout).toMatch(/^Slack \(#models\): sent /)
      const { code, stdout } = await incumbent('report', '--send')
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: expect.stringMatching(
          /^Slack \(#models\): has it since .*; --again .*\nE-mail \(a@example\.com\): sent/,
        ),
      })
      expect(reports()).toHaveLength(1)
      const again = await incumbent('report', '--send', '--to', 'slack', '--again', '--json')
      expect(JSON.parse(again.stdout)).toMatchObject({
        messages: [{ channel: 'slack', status: 'sent', problem: null }],
      })
      expect(reports()).toHaveLength(2)
    })

    test('what failed is said with what to do, and the exit code is 1', async () => {
      servers.slack.fail((method) => (method === 'chat.postMessage' ? { error: 'not_in_channel' } : undefined))
      const { code, stdout, stderr } = await incumbent('notify', 'test')
      servers.slack.fail(() => undefined)
      expect({ code, stderr }).toEqual({ code: 1, stderr: 'Not sent: Slack.\n' })
      expect(stdout).toMatch(
        /^Slack \(#models\): not sent\n {2}Slack answered not_in_channel: .*\/invite.*\nE-mail .* sent/,
      )
      expect((await incumbent('notify', 'test', '--to', 'pigeon')).stderr).toContain('expected some of slack, email')
    })

    test('an alert that a command raises arrives by itself', async () => {
      await incumbent('assign', '1', 'served', '--reason', 'a trial of alerts')
      const { code, stderr } = await incumbent('models', 'retire', 'served', '--reason', 'gone')
      expect({ code, stderr }).toMatchObject({ code: 0 })
      await vi.waitFor(() => expect(servers.slack.messages.at(-1)?.key).toMatch(/^alert:\d+:slack of 2/), {
        timeout: 15_000,
      })
    })

    test('the figures of messages, slots and the database are among the metrics', async () => {
      const text = await (await fetch(`${service.url}/metrics`)).text()
      expect(text).toMatch(/^incumbent_deliveries_waiting\{channel="slack"\} \d+$/m)
      expect(text).toMatch(/^incumbent_database_up 1$/m)
      expect(text).toMatch(/^incumbent_database_bytes \d{6,}$/m)
      expect(text).toMatch(/^incumbent_schedule_slots_unfinished\{state="waiting"\} 0$/m)
      expect(text).toMatch(/^incumbent_deliveries_oldest_seconds\{channel="email"\} [\d.]+$/m)
    })

    test('no secret is in the database, in a file, in the log, in what is printed, or in a message', async () => {
      const { stdout, stderr } = await service.stop()
      const database = await databases.openAt(place.database)
      const { rows: tables } = await sql<{ name: string }>`
        select table_schema || '.' || quote_ident(table_name) as name from information_schema.tables
        where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`.execute(database.db)
      const dump = await Promise.all(
        tables.map(
          async ({ name }) => (await sql`select to_json(row) from ${sql.raw(name)} as row`.execute(database.db)).rows,
        ),
      )
      await database.close()
      const written = {
        dump: JSON.stringify(dump),
        service: stdout + stderr,
        printed: JSON.stringify(printed),
        slack: JSON.stringify(servers.slack.messages),
        mails: JSON.stringify(servers.smtp.mails),
        files: [...filesIn(cwd), ...filesIn(place.database.home)].map((path) => readFileSync(path, 'latin1')).join(),
      }
      expect(written.dump).toContain('Slack answered not_in_channel')
      for (const [where, text] of Object.entries(written)) {
        expect(text.length, where).toBeGreaterThan(100)
        expect(
          text.includes('hunter2') || text.includes(Buffer.from('hunter2').toString('base64').slice(0, 8)),
          where,
        ).toBe(false)
      }
    })
  })
})

async function startServers() {
  const [gemini, vllm, slack, smtp] = await Promise.all([
    // Its key is wrong, so that a provider says so.
    startLoopbackGemini({ apiKey: 'another key', answer: rightAnswers() }),
    startLoopbackOpenAi({ apiKey: secrets.VLLM_API_KEY, answer: rightAnswers() }),
    startLoopbackSlack({ token: secrets.SLACK_BOT_TOKEN }),
    startLoopbackSmtp({ user: 'mailer', password: secrets.SMTP_PASSWORD }),
  ])
  return {
    gemini,
    vllm,
    slack,
    smtp,
    close: () => Promise.all([gemini.close(), vllm.close(), slack.close(), smtp.close()]),
  }
}

function configuration({ gemini, vllm, slack, smtp }: Awaited<ReturnType<typeof startServers>>): string {
  return `
providers:
  gemini: { baseUrl: "${gemini.url}" }
  vllm: { kind: openai, baseUrl: "${vllm.url}", apiKey: \${VLLM_API_KEY} }
models: [{ name: served, provider: vllm }, { name: spare, provider: vllm }]
tiers:
  1: { candidates: [served, spare, gemini-2.0-flash-001], initial: served, repeats: 1 }
  2: none
  3: none
reports:
  slack: { channel: "#models", token: \${SLACK_BOT_TOKEN}, apiUrl: "${slack.url}" }
  email: { to: [a@example.com], smtp: "smtp://mailer:\${SMTP_PASSWORD}@127.0.0.1:${smtp.port}" }
`
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}
