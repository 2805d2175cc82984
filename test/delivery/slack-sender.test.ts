import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createSlackSender } from '../../src/delivery/slack-sender.ts'
import { type SlackFault, startLoopbackSlack } from '../support/loopback-slack.ts'
import { letterOf } from './example-letter.ts'

const token = 'xoxb-loopback'
const slack = await startLoopbackSlack({ token })
afterAll(() => slack.close())
slack.now = () => new Date('2026-11-22T03:00:05Z')
const pauses: number[] = []
const sleep = (ms: number) => {
  pauses.push(ms)
  return Promise.resolve()
}
const never = new AbortController().signal

beforeEach(() => {
  slack.messages.length = 0
  slack.calls.length = 0
  slack.slowPictures = 0
  slack.fail(() => undefined)
  pauses.length = 0
})

function send(change: Parameters<typeof letterOf>[0] = {}, used = token) {
  return createSlackSender({ token: used, apiUrl: slack.url, sleep }).send(letterOf(change), never)
}

function failFirst(method: string, fault: SlackFault): void {
  slack.fail((called, index) => (called === method && index === 0 ? fault : undefined))
}

describe('a message to Slack', () => {
  test('arrives with its picture uploaded and its details in the thread', async () => {
    const result = await send()
    const [message, details] = slack.messages
    expect(result).toEqual({ status: 'sent', reference: `C0MODELS1/${message?.ts}`, missing: undefined, refused: [] })
    expect(message).toMatchObject({ text: 'Tier 1 went to swift-8b.', key: 'report:1:slack', thread: undefined })
    const [id = ''] = /F0PICTURE\d/.exec(JSON.stringify(message?.blocks)) ?? []
    expect(slack.files.get(id)).toMatchObject({
      name: 'accuracy.png',
      alt: 'Accuracy of four models',
      isComplete: true,
    })
    expect(details).toMatchObject({ text: 'Details', thread: message?.ts, isBroadcast: false })
  })

  test('waits until Slack has looked at the picture', async () => {
    slack.slowPictures = 2
    expect(await send()).toMatchObject({ status: 'sent', missing: undefined })
    expect(pauses).toEqual([1_500, 4_000])
    expect(slack.messages[0]?.blocks).toHaveLength(2)
  })

  test('arrives without a picture that cannot be uploaded, and says so', async () => {
    failFirst('files.getUploadURLExternal', { error: 'missing_scope', needed: 'files:write' })
    const result = await send()
    expect(result).toMatchObject({ status: 'sent', missing: expect.stringContaining('scope files:write') })
    expect(slack.messages[0]?.blocks).toHaveLength(1)
  })

  test('arrives without a picture that Slack goes on to refuse', async () => {
    slack.slowPictures = 9
    expect(await send()).toMatchObject({ status: 'sent', missing: 'Its pictures: Slack refuses them.' })
    expect(slack.messages[0]?.blocks).toHaveLength(1)
  })

  test('arrives as its first line where Slack refuses its blocks', async () => {
    slack.slowPictures = 0
    slack.fail((method, index) =>
      method === 'chat.postMessage' && index < 4 ? { error: 'msg_blocks_too_long' } : undefined,
    )
    expect(await send()).toMatchObject({ status: 'sent', missing: expect.stringContaining('first line') })
    expect(slack.messages[0]).toMatchObject({ text: 'Tier 1 went to swift-8b.', blocks: [] })
  })

  test('answers another in its thread, where the whole channel sees it', async () => {
    await send({ key: 'alert:1:slack' })
    const parent = slack.messages[0]?.ts
    await send({ key: 'recovery:1:slack', answers: `C0MODELS1/${parent}` })
    expect(slack.messages.find(({ key }) => key === 'recovery:1:slack')).toMatchObject({
      thread: parent,
      isBroadcast: true,
    })
  })
})

describe('a message to Slack that fails', () => {
  test.each<[string, SlackFault, object]>([
    ['as Slack asks to wait', { retryAfter: 30 }, { status: 'retry', afterMs: 30_000 }],
    ['with a status of the server', { status: 503 }, { status: 'retry', afterMs: undefined }],
    ['with a word that passes', { error: 'service_unavailable' }, { status: 'retry' }],
    ['as the connection is cut', 'reset', { status: 'retry', reason: expect.stringContaining('could not be reached') }],
    [
      'as nobody is known by its channel',
      { error: 'channel_not_found' },
      { status: 'failed', reason: expect.stringContaining('/invite') },
    ],
    ['with a status of its own fault', { status: 404 }, { status: 'failed' }],
  ])('%s', async (_, fault, expected) => {
    failFirst('chat.postMessage', fault)
    expect(await send()).toMatchObject(expected)
    expect(slack.messages).toEqual([])
  })

  test('never shows the token', async () => {
    const result = await send({}, 'xoxb-hunter2')
    expect(result).toMatchObject({ status: 'failed', reason: expect.stringContaining('reports.slack.token') })
    const closed = createSlackSender({ token: 'hunter2', apiUrl: 'http://127.0.0.1:9/hunter2', sleep })
    const unreachable = await closed.send(letterOf(), never)
    expect(unreachable).toMatchObject({ status: 'retry' })
    expect(JSON.stringify([result, unreachable])).not.toContain('hunter2')
  })
})

describe('a message to Slack whose first try was not noted', () => {
  test('is found by its key, on later pages, too, and not posted again', async () => {
    failFirst('chat.postMessage', 'lost-answer')
    expect(await send()).toMatchObject({ status: 'retry' })
    slack.fail(() => undefined)
    for (const key of ['a', 'b', 'c']) await send({ key })
    const before = slack.messages.length
    expect(await send({ mayHaveArrived: true })).toMatchObject({
      status: 'sent',
      reference: `C0MODELS1/${slack.messages[0]?.ts}`,
    })
    expect(slack.messages.slice(before)).toMatchObject([{ text: 'Details', thread: slack.messages[0]?.ts }])
    await send({ mayHaveArrived: true })
    expect(slack.messages).toHaveLength(before + 1)
  })

  test('is found in the thread that it answers', async () => {
    await send({ key: 'alert:1:slack' })
    const answers = `C0MODELS1/${slack.messages[0]?.ts}`
    const recovery = { key: 'recovery:1:slack', answers }
    await send(recovery)
    await send({ ...recovery, mayHaveArrived: true })
    expect(slack.messages.filter(({ key }) => key === 'recovery:1:slack')).toHaveLength(1)
  })

  test('goes on with the thread where that is what was missing', async () => {
    slack.fail((method, index) => (method === 'chat.postMessage' && index === 1 ? { retryAfter: 1 } : undefined))
    const result = await send()
    expect(result).toMatchObject({ status: 'retry', afterMs: 1_000, reference: `C0MODELS1/${slack.messages[0]?.ts}` })
    slack.fail(() => undefined)
    await send({ sentAs: `C0MODELS1/${slack.messages[0]?.ts}`, mayHaveArrived: true })
    expect(slack.messages.map(({ text }) => text)).toEqual(['Tier 1 went to swift-8b.', 'Details'])
  })

  test('goes out again, and says so, where the app may not look', async () => {
    slack.fail((method) =>
      method === 'conversations.list' ? { error: 'missing_scope', needed: 'channels:read' } : undefined,
    )
    const result = await send({ mayHaveArrived: true })
    expect(result).toMatchObject({ status: 'sent', missing: expect.stringContaining('channels:read') })
  })
})
