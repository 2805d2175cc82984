import * as z from 'zod'
import { cronProblem } from './cron-expression.ts'
import { secret } from './secret.ts'

export const text = z.string().min(1)

/** What the registry calls a model. No comma, as lists on the command line are separated by commas. */
export const modelName = z.string().refine((name) => /^[^\s,"']+$/.test(name) && name !== 'none', {
  params: { expected: 'the name of a model (no spaces, no commas)' },
})

export const secretText = z.string().transform(secret)

/** A number, also when it comes as text from a variable. */
export function number(schema: z.ZodNumber) {
  return z.preprocess((value) => (isNumeric(value) ? Number(value) : value), schema)
}

export const positive = number(z.number().positive())
export const notNegative = number(z.number().nonnegative())
export const share = number(z.number().min(0).max(1))
export const wholeFrom = (least: number) => number(z.int().min(least))

export const webAddress = z.string().superRefine((address, context) => {
  const { protocol = '', username = '', password = '' } = URL.canParse(address) ? new URL(address) : {}
  const expected = 'an http or https address without user and password'
  if (username !== '' || password !== '') {
    // The address itself would show the password.
    context.addIssue({ code: 'custom', message: `expected ${expected}, got one with them` })
  } else if (!/^https?:$/.test(protocol)) {
    context.addIssue({ code: 'custom', input: address, params: { expected } })
  }
})

export const isoDate = z.string().refine((day) => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)), {
  params: { expected: 'a day such as 2026-01-31' },
})

export const cron = z.string().superRefine((expression, context) => {
  const expected = cronProblem(expression)
  if (expected !== undefined) context.addIssue({ code: 'custom', input: expression, params: { expected } })
})

export const timeZone = z.string().refine(isTimeZone, {
  params: { expected: 'a time zone of the IANA database, such as Europe/Vienna or UTC' },
})

function isNumeric(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
