import * as z from 'zod'

export const errorSchema = z
  .object({
    error: z.object({
      message: z.string().describe('What was expected and what came, for people.'),
      type: z.enum(['invalid_request_error', 'authentication_error', 'rate_limit_error', 'server_error']),
      param: z.string().nullable().describe('The parameter that is to blame. Null: none.'),
      code: z
        .string()
        .nullable()
        .meta({
          description: 'For programs: what went wrong; new ones may come. Null: nothing more is known.',
          examples: ['invalid_value'],
        }),
    }),
  })
  .meta({ id: 'Error', title: 'Error', description: 'In the form of OpenAI’s protocol.' })
