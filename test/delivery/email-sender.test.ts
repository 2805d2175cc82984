import { createServer, type Socket } from 'node:net'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createEmailSender } from '../../src/delivery/email-sender.ts'
import { startLoopbackSmtp } from '../support/loopback-smtp.ts'
import { letterOf } from './example-letter.ts'

const server = await startLoopbackSmtp()
const guarded = await startLoopbackSmtp({ user: 'u@example.com', password: 'right' })
afterAll(() => Promise.all([server.close(), guarded.close()]))
const never = new AbortController().signal
const to = 'a@example.com, b@example.com'

beforeEach(() => {
  server.mails.length = 0
  server.refuse(() => undefined)
})

function send(change: Parameters<typeof letterOf>[0] = {}, smtpUrl = server.url) {
  const sender = createEmailSender({ smtpUrl, from: 'Incumbent <incumbent@example.com>' })
  return sender.send(letterOf({ key: 'report:1:email', recipient: to, ...change }), never)
}

describe('a message by e-mail', () => {
  test('goes to all addresses at once, with its pictures inside', async () => {
    const result = await send()
    expect(result).toMatchObject({ status: 'sent', reference: server.mails[0]?.messageId, refused: [] })
    const [mail] = server.mails
    expect(mail).toMatchObject({ from: 'incumbent@example.com', to: ['a@example.com', 'b@example.com'] })
    expect(mail?.raw).toMatch(/Content-Id: <accuracy>/i)
    expect(mail?.raw).toMatch(/Content-Disposition: inline/i)
    expect(mail?.raw).toContain('Auto-Submitted: auto-generated')
  })

  test('has the same Message-ID however often it goes out, and another message another one', async () => {
    await send()
    await send()
    await send({ key: 'report:2:email' })
    const ids = server.mails.map(({ messageId }) => messageId)
    expect(ids[0]).toBe(ids[1])
    expect(ids[0]).not.toBe(ids[2])
  })

  test('answers another', async () => {
    await send({ answers: '<first@example.com>' })
    expect(server.mails[0]?.raw).toContain('In-Reply-To: <first@example.com>')
  })

  test('has no line of a header that its subject smuggles in', async () => {
    const { message } = letterOf()
    const email = { ...message.email, subject: 'News\r\nBcc: evil@example.com' }
    await send({ message: { ...message, email } })
    expect(server.mails[0]?.raw).not.toMatch(/^Bcc:/m)
  })
})

describe('a message by e-mail that fails', () => {
  test('for one address is sent to the others, and says who did not get it', async () => {
    server.refuse((address) => (address.startsWith('b@') ? { code: 550, text: 'No such user' } : undefined))
    expect(await send()).toMatchObject({
      status: 'sent',
      refused: [{ address: 'b@example.com', answer: expect.stringContaining('No such user'), isFinal: true }],
    })
  })

  test('for now is tried again later, and for good is not', async () => {
    server.refuse(() => ({ code: 451, text: 'Come back later' }))
    expect(await send()).toMatchObject({ status: 'retry', reason: expect.stringContaining('Come back later') })
    server.refuse(() => ({ code: 550, text: 'No such user' }))
    expect(await send()).toMatchObject({ status: 'failed', reason: expect.stringContaining('reports.email.to') })
  })

  test('for a wrong password says what to check and never shows it', async () => {
    const result = await send({}, `smtp://u%40example.com:hunter%2F2@127.0.0.1:${guarded.port}`)
    expect(result).toMatchObject({ status: 'failed', reason: expect.stringContaining('user and password') })
    expect(JSON.stringify(result)).not.toMatch(/hunter/)
    expect(await send({}, `smtp://u%40example.com:right@127.0.0.1:${guarded.port}`)).toMatchObject({ status: 'sent' })
  })

  test('as nobody listens, or the connection breaks, is tried again later', async () => {
    expect(await send({}, 'smtp://127.0.0.1:9')).toMatchObject({ status: 'retry' })
    const rude = createServer((socket: Socket) => socket.destroy())
    const port = await new Promise<number>((resolve) => {
      rude.listen(0, '127.0.0.1', () => resolve((rude.address() as { port: number }).port))
    })
    expect(await send({}, `smtp://127.0.0.1:${port}`)).toMatchObject({ status: 'retry' })
    await new Promise((resolve) => rude.close(resolve))
  })
})
