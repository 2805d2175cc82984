import * as z from 'zod'

/** Data of the events that tell how far an evaluation is. */
export const progressSchema = z.object({
  status: z.string(),
  asked: z.int(),
  planned: z.int().describe('At most so many: racing may end a challenger earlier.'),
  failed: z.int(),
  leftMs: z.number().nullable().describe('Null before 20 calls.'),
  models: z.array(z.object({ model: z.string(), asked: z.int(), planned: z.int(), failed: z.int() })),
  failures: z.array(z.object({ kind: z.string(), calls: z.int() })),
  words: z.object({ count: z.string(), failures: z.string() }).describe('The same for people.'),
})
