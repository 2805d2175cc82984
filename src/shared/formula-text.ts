import * as z from 'zod'
import { checkFormula } from './score-formula.ts'

/** A tier's own formula for the total score; a wrong one is refused with what is wrong and where. */
export const formulaText = z.string().superRefine((text, context) => {
  const checked = checkFormula(text)
  if (checked.status === 'invalid') context.addIssue({ code: 'custom', message: checked.problem })
})
