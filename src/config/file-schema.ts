import * as z from 'zod'
import {
  cron,
  isoDate,
  modelName,
  notNegative,
  number,
  positive,
  secretText,
  text,
  timeZone,
  webAddress,
  wholeFrom,
} from './field-schemas.ts'
import { modelSchema } from './model-schema.ts'
import { providerName, providerSchema } from './provider-schema.ts'
import { tierSchema } from './tier-schema.ts'

const tierId = z.string().refine((id) => /^[1-9]\d{0,8}$/.test(id), {
  params: { expected: 'the number of a tier: 1, 2, 3, …' },
})

const databaseSchema = z.strictObject({
  url: z
    .string()
    .refine((url) => url === 'none' || /^postgres(ql)?:\/\//.test(url), {
      params: { expected: 'a PostgreSQL address (postgres://…), or none for the embedded database' },
    })
    .describe(
      `\${NAME} of the variable with the address, or none for the embedded database. Default: \${DATABASE_URL:-none}.`,
    )
    .optional(),
})

const scheduleSchema = z.strictObject({
  timeZone: timeZone.describe("The zone of all schedules. Default: the machine's.").optional(),
  report: cron.describe('When the report is made. Default: "30 2 * * 0".').optional(),
  send: cron.describe('When it is sent. Default: "0 3 * * 0".').optional(),
  discover: z
    .union([z.literal('none'), cron])
    .describe('When the providers are asked what they have, or none. Default: "0 0 * * 0".')
    .optional(),
  waitHours: positive
    .describe('How long the report waits for evaluations that are not done; then it says what is missing. Default: 48.')
    .optional(),
})

const slackSchema = z.strictObject({
  channel: text.describe('Such as "#models".'),
  token: secretText.describe(`\${NAME} of the variable with the bot token.`).optional(),
  apiUrl: webAddress
    .describe("Address of a server that speaks Slack's protocol. Default: https://slack.com/api/.")
    .optional(),
})

const mailbox = text.refine((from) => z.email().safeParse(/<([^<>]*)>$/.exec(from)?.[1] ?? from).success, {
  params: { expected: 'an address such as team@example.com or Incumbent <team@example.com>' },
})

const emailSchema = z.strictObject({
  to: z.array(z.email()).min(1).describe('Who gets the report.'),
  from: mailbox
    .describe('Whom it comes from. Default: the user of the mail server, else the first of `to`.')
    .optional(),
  smtp: z
    .string()
    .refine((url) => /^smtps?:\/\//.test(url), {
      params: { expected: 'an address such as smtp://mail.example.com:587' },
    })
    .pipe(secretText)
    .describe(`\${NAME} of the variable with the address of the mail server.`)
    .optional(),
})

const reportsSchema = z.strictObject({
  folder: text.describe('Where reports are written. Default: reports.').optional(),
  slack: slackSchema.describe('Send reports to Slack. Default: not.').optional(),
  email: emailSchema.describe('Send reports by e-mail. Default: not.').optional(),
})

const leastSeverity = z.enum(['info', 'warning', 'critical', 'none'])

const alertsSchema = z.strictObject({
  slack: leastSeverity.describe('The least severity that goes to Slack, or none. Default: info.').optional(),
  email: leastSeverity.describe('The least severity that goes out by e-mail, or none. Default: warning.').optional(),
  remindAfterHours: positive
    .describe('Hours until people are reminded of an alert that is still open. Default: 24.')
    .optional(),
})

const budgetSchema = z.strictObject({
  cycleUsd: notNegative.describe('Most US dollars for one cycle. Default: no limit.').optional(),
  monthUsd: notNegative.describe('Most US dollars for a calendar month. Default: no limit.').optional(),
})

const electricitySchema = z.strictObject({
  usdPerKwh: notNegative.describe('US dollars per kilowatt-hour.'),
  watts: positive.describe('What the machine of a local server draws while it answers.'),
  asOf: isoDate.describe('The day on which the tariff was read.'),
})

const retentionSchema = z.strictObject({
  answersDays: z
    .union([z.literal('none'), wholeFrom(1)])
    .describe('How long what models said is kept; scores and verdicts stay for ever. Default: 400; none keeps it.')
    .optional(),
})

const serverSchema = z.strictObject({
  host: text.describe('Address to listen on. Default: 127.0.0.1.').optional(),
  port: number(z.int().min(0).max(65_535)).describe('Default: 4080.').optional(),
  url: webAddress
    .describe('Where people reach the dashboard, for the links in messages. Default: no links.')
    .optional(),
})

/** What may stand in `incumbent.yaml`. All of it is optional. */
export const fileSchema = z.strictObject({
  database: databaseSchema.describe('Where everything is kept. Default: an embedded database.').optional(),
  providers: z.record(providerName, providerSchema).describe('What can call models, by name.').optional(),
  models: z.array(modelSchema).describe('Models beside those that Incumbent knows.').optional(),
  baselines: z
    .array(modelName)
    .describe(
      'Models without a language model that set the floor. Default: rules-basic and rules-thorough; [] for none.',
    )
    .optional(),
  tiers: z
    .record(tierId, z.union([z.literal('none'), tierSchema]))
    .describe('By number. What is not named of the tiers 1, 2 and 3 keeps its default; `2: none` leaves out tier 2.')
    .optional(),
  schedule: scheduleSchema.describe('When the cycle runs.').optional(),
  reports: reportsSchema.describe('Where reports go.').optional(),
  alerts: alertsSchema.describe('Which alerts go where: to the channels of the reports.').optional(),
  electricity: electricitySchema
    .describe('What local models cost: an estimate of the energy of their calls. Default: nothing.')
    .optional(),
  budget: budgetSchema.describe('What evaluations may cost.').optional(),
  retention: retentionSchema.describe('How long things are kept.').optional(),
  server: serverSchema.describe('The HTTP service.').optional(),
})

export type ConfigFile = z.output<typeof fileSchema>
