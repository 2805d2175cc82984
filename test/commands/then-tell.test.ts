import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLoopbackSlack } from '../support/loopback-slack.ts'
import { startLoopbackSmtp } from '../support/loopback-smtp.ts'
import { type Place, runIncumbent, temporaryFolder } from '../support/run-incumbent.ts'
import { onEmbedded } from '../support/test-databases.ts'

onEmbedded((databases) => {
  describe('commands on a machine without a service', () => {
    const cwd = temporaryFolder()
    let slack: Awaited<ReturnType<typeof startLoopbackSlack>>
    let smtp: Awaited<ReturnType<typeof startLoopbackSmtp>>
    let place: Place

    beforeAll(async () => {
      ;[slack, smtp] = await Promise.all([startLoopbackSlack(), startLoopbackSmtp()])
      const simulated = 'simulated: { errorRate: 0.1, latencyMs: 900 }'
      const lines = [
        'baselines: []',
        `models: [{ name: a, provider: simulated, ${simulated} }, { name: b, provider: simulated, ${simulated} }, { name: c, provider: simulated, ${simulated} }]`,
        'tiers: { 1: { candidates: [a, b, c], initial: a, repeats: 1 }, 2: none, 3: none }',
        'reports:',
        `  slack: { channel: "#models", token: \${SLACK_BOT_TOKEN}, apiUrl: "${slack.url}" }`,
        `  email: { to: [a@example.com], smtp: \${SMTP_URL} }`,
        'alerts: { slack: info, email: critical }',
      ]
      writeFileSync(join(cwd, 'incumbent.yaml'), `${lines.join('\n')}\n`)
      const environment = { SLACK_BOT_TOKEN: 'xoxb-loopback', SMTP_URL: smtp.url }
      place = { cwd, database: await databases.place(), environment }
    })
    afterAll(() => Promise.all([slack.close(), smtp.close()]))

    test('an alert that a command raises is sent at its end, once, and said on stderr', async () => {
      const { code, stdout, stderr } = await runIncumbent(place, 'models', 'retire', 'a', '--reason', 'given up')
      expect({ code, stderr }).toEqual({ code: 0, stderr: 'Sent 2 messages (E-mail, Slack).\n' })
      expect(stdout).toContain('a was retired')
      expect(slack.messages.map(({ text }) => text)).toEqual([expect.stringContaining('a is gone: tier 1 went to b')])
      expect(smtp.mails).toHaveLength(1)
      const again = await runIncumbent(place, 'assign', '1', 'c', '--reason', 'a trial')
      expect(again).toMatchObject({ code: 0, stderr: '' })
      expect(slack.messages).toHaveLength(1)
    })

    test('what cannot be sent is said in one line with the command that sends it, and the command has done its work', async () => {
      slack.fail(() => ({ status: 503 }))
      const { code, stderr } = await runIncumbent(place, 'models', 'retire', 'c', '--reason', 'given up')
      expect(code).toBe(0)
      expect(stderr).toMatch(
        /^Sent 1 message \(E-mail\)\.\n1 message waits to be sent \(Slack\): .*503.* npx incumbent notify send\n$/,
      )
      slack.fail(() => undefined)
      expect(await runIncumbent(place, 'notify', 'send')).toMatchObject({
        code: 0,
        stdout: 'Sent 1 message (Slack).\n',
      })
      expect(slack.messages.at(-1)?.text).toContain('c is gone: tier 1 went to b')
      expect(await runIncumbent(place, 'notify', 'send')).toMatchObject({ code: 0, stdout: 'Nothing waits.\n' })
      expect(slack.messages).toHaveLength(2)
    })

    test('a command that fails says what waits, too', async () => {
      slack.fail(() => ({ status: 503 }))
      await runIncumbent(place, 'models', 'add', 'a')
      await runIncumbent(place, 'models', 'retire', 'b', '--reason', 'given up')
      slack.fail(() => undefined)
      const { code, stderr } = await runIncumbent(place, 'assign', '1', 'nobody', '--reason', 'a trial')
      expect(code).not.toBe(0)
      expect(stderr).toMatch(/^1 message waits to be sent \(Slack\): .* npx incumbent notify send\n.*nobody/)
    })
  })
})
