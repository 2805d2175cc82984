import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

export interface ReceivedMail {
  from: string
  to: string[]
  /** As it came, with its headers. */
  raw: string
  messageId: string
  subject: string
}

export interface LoopbackSmtp {
  /** Without user and password. */
  url: string
  port: number
  mails: ReceivedMail[]
  /** What the server answers to an address; undefined: it takes it. */
  refuse(answer: (address: string) => { code: number; text: string } | undefined): void
  close(): Promise<void>
}

/** A mail server on 127.0.0.1 that keeps what it gets. */
export async function startLoopbackSmtp({ user = '', password = '' } = {}): Promise<LoopbackSmtp> {
  const mails: ReceivedMail[] = []
  let refuse: (address: string) => { code: number; text: string } | undefined = () => undefined
  const server = new SMTPServer({
    authOptional: user === '',
    disabledCommands: ['STARTTLS'],
    onAuth(auth, _session, done) {
      if (auth.username === user && auth.password === password) return done(null, { user })
      done(Object.assign(new Error('Authentication credentials invalid'), { responseCode: 535 }))
    },
    onRcptTo({ address }, _session, done) {
      const answer = refuse(address)
      if (answer === undefined) return done()
      done(Object.assign(new Error(answer.text), { responseCode: answer.code }))
    },
    onData(stream, session, done) {
      received(stream, session).then(
        (mail) => {
          mails.push(mail)
          done()
        },
        // The client went away in the middle.
        (error: Error) => done(error),
      )
    },
  })
  server.on('error', () => undefined)
  const listening = server.listen(0, '127.0.0.1')
  await new Promise((resolve) => listening.once('listening', resolve))
  const { port } = listening.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    refuse: (answer) => {
      refuse = answer
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function received(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<ReceivedMail> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks).toString('utf8')
  const header = (name: string) => new RegExp(`^${name}: (.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(raw)?.[1] ?? ''
  return {
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address),
    raw,
    messageId: header('message-id'),
    subject: header('subject'),
  }
}
