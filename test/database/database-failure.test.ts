import { expect, test } from 'vitest'
import { databaseFailure } from '../../src/database/database-failure.ts'
import { UserError } from '../../src/shared/user-error.ts'

function withCode(message: string, code: string): Error {
  return Object.assign(new Error(message), { code })
}

test.each([
  [
    withCode('could not extend file "base/5/16429": No space left on device', '53100'),
    /No space left on device\. What/,
  ],
  [withCode('terminating connection due to administrator command', '57P01'), /administrator command\. What/],
  [withCode('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'), /ECONNREFUSED 127\.0\.0\.1:5432\. What/],
  [Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), /ECONNREFUSED\. What/],
  [new Error('Connection terminated unexpectedly'), /Connection terminated unexpectedly\. What/],
  [new Error('the connection that held the lock was lost'), /lock was lost\. What/],
  [new Error('The embedded database ended by itself: exit code 1'), /ended by itself: exit code 1\. What/],
  [{ name: 'ErrnoError', errno: 51 }, /no space left on the device\. What/],
  [{ name: 'ErrnoError', errno: 7 }, /file error 7\. What/],
])('%o is told as what failed, with what to do', (error, words) => {
  const failure = databaseFailure(error)
  expect(failure?.message).toMatch(words)
  expect(failure?.message).toContain('npx incumbent resume')
  expect(failure?.cause).toBe(error)
})

test.each([
  [new Error('x is not a function')],
  [withCode('syntax error', '42601')],
  [new UserError('wrong')],
  [undefined],
])('%o is no failure of the database', (error) => expect(databaseFailure(error)).toBeUndefined())
