import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { createRequestLog, prettyLines } from '../../src/serving/request-log.ts'

const now = () => new Date('2026-11-22T01:00:00.123Z')

test('machines get one line of JSON an event, with level, time and fields', () => {
  let text = ''
  const log = createRequestLog((lines) => {
    text += lines
  }, now)
  log.write('request', { status: 200, upstream: undefined })
  log.write('slot', { schedule: 'tier-1' }, 'warn')
  expect(text).toBe('')
  log.flush()
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { level: 'info', time: '2026-11-22T01:00:00.123Z', event: 'request', status: 200 },
    { level: 'warn', time: '2026-11-22T01:00:00.123Z', event: 'slot', schedule: 'tier-1' },
  ])
})

test('a person at a terminal reads time, level, event and fields on one line', async () => {
  let text = ''
  const log = createRequestLog(
    (lines) => {
      text += lines
    },
    now,
    await prettyLines(),
  )
  log.write('request', { requestId: 'abc', method: 'GET', status: 200 })
  log.flush()
  expect(stripVTControlCharacters(text)).toMatch(/^\[\d\d:00:00\] INFO: request \{"method":"GET","status":200\}\n$/)
})
