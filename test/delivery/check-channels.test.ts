import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkEmail, checkSlack } from '../../src/delivery/check-channels.ts'
import { type LoopbackSlack, startLoopbackSlack } from '../support/loopback-slack.ts'
import { type LoopbackSmtp, startLoopbackSmtp } from '../support/loopback-smtp.ts'

const signal = new AbortController().signal

describe('Slack', () => {
  let slack: LoopbackSlack
  beforeAll(async () => {
    slack = await startLoopbackSlack({ token: 'xoxb-right' })
  })
  afterAll(() => slack.close())
  const check = (token: string) => checkSlack({ token, apiUrl: slack.url }, '#models', signal)

  test('that lets the app in is ready, and nothing is posted', async () => {
    expect(await check('xoxb-right')).toEqual({ isReady: true, words: 'the app is incumbent in the workspace Example' })
    expect(slack.calls).toEqual(['auth.test'])
  })

  test('with another token is not, and the token is not told', async () => {
    const { isReady, words } = await check('xoxb-wrong')
    expect(isReady).toBe(false)
    expect(words).toContain('the bot token does not hold')
    expect(words).not.toContain('xoxb-wrong')
  })

  test('an app that may not upload pictures is told which scope it lacks', async () => {
    slack.scopes = ['chat:write']
    expect(await check('xoxb-right')).toEqual({
      isReady: false,
      words: 'the app lacks files:write. Add it under "OAuth & Permissions" and install the app again.',
    })
  })
})

describe('a mail server', () => {
  let smtp: LoopbackSmtp
  beforeAll(async () => {
    smtp = await startLoopbackSmtp({ user: 'reports', password: 'right-word' })
  })
  afterAll(() => smtp.close())
  const check = (password: string) => {
    const url = new URL(smtp.url)
    url.username = 'reports'
    url.password = password
    return checkEmail({ smtpUrl: url.href })
  }

  test('that lets the user in is ready, and no mail is sent', async () => {
    expect(await check('right-word')).toEqual({ isReady: true, words: '127.0.0.1 lets it in' })
    expect(smtp.mails).toEqual([])
  })

  test('that does not is not ready, and the password is not told', async () => {
    const { isReady, words } = await check('wrong-word')
    expect(isReady).toBe(false)
    expect(words).not.toContain('wrong-word')
  })
})
