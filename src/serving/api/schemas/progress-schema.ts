import * as z from 'zod'
import { evaluationStatuses } from '../../../evaluation/evaluation.ts'
import { count, failureKind, milliseconds, model } from './quantities.ts'

export const evaluationStatus = z
  .enum(evaluationStatuses)
  .describe(
    'interrupted: can be resumed; invalid: finished, but too many calls failed for a reason of the provider, so that it says nothing about the models; failed: could not be finished.',
  )

const planned = count.describe('Calls, at most: racing may end a challenger earlier.')
const asked = count.describe('Calls so far.')
const failed = count.describe('Calls that failed.')

/** How far an evaluation is. */
export const progressSchema = z
  .object({
    status: evaluationStatus,
    asked,
    planned,
    failed,
    leftMs: milliseconds.describe('Milliseconds to its last call. Null: before 20 calls, and while it does not run.'),
    models: z.array(z.object({ model, asked, planned, failed })),
    failures: z.array(z.object({ kind: failureKind, calls: count })).describe('The failed calls by kind.'),
  })
  .meta({ id: 'Progress', title: 'Progress', description: 'How far an evaluation is.' })

/** Data of the events that tell how far an evaluation is. */
export const progressEventSchema = progressSchema
  .extend({ words: z.object({ count: z.string(), failures: z.string() }).describe('The same for people.') })
  .meta({ id: 'ProgressEvent', title: 'Progress event', description: 'Data of an event `progress`, as JSON.' })
