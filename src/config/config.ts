import { relative, resolve } from 'node:path'
import { UserError } from '../shared/user-error.ts'
import type { YamlFile } from '../shared/yaml-file.ts'
import { checkFile } from './check-file.ts'
import { defaultBaselines } from './default-tiers.ts'
import { type Environment, variable } from './environment.ts'
import { environmentProblems } from './environment-problems.ts'
import type { ConfigFile } from './file-schema.ts'
import { findConfigFile, readConfigFile } from './find-config-file.ts'
import { frozen } from './frozen.ts'
import { completeModel, type ModelConfig } from './model-config.ts'
import { completeProviders, type ProviderConfig } from './provider-config.ts'
import { type Secret, secret } from './secret.ts'
import { completeTiers, type TierConfig } from './tier-config.ts'

/** Everything that is configured, with all defaults filled in. Frozen. Folders are absolute. */
export interface Config {
  /** The file it was read from; undefined when there is none. */
  readonly file: string | undefined
  /** The folder of the file, else the working directory: relative paths start here. */
  readonly folder: string
  /** INCUMBENT_HOME, else `.incumbent` in `folder`: the embedded database, its lock and its socket. */
  readonly home: string
  /** Without a URL the database is the embedded one in `home`. */
  readonly database: { readonly url: Secret | undefined }
  /** By name; gemini, ollama, rules and simulated are always there. */
  readonly providers: Readonly<Record<string, ProviderConfig>>
  /** Beside those that the registry has. */
  readonly models: readonly ModelConfig[]
  /** Names of the models that set the floor. */
  readonly baselines: readonly string[]
  /** In the order of their numbers. */
  readonly tiers: readonly TierConfig[]
  readonly schedule: ScheduleConfig
  readonly reports: ReportsConfig
  readonly alerts: AlertsConfig
  /** What local models are taken to cost; undefined: nothing. */
  readonly electricity: Electricity | undefined
  /** US dollars; undefined does not limit. */
  readonly budget: { readonly cycleUsd: number | undefined; readonly monthUsd: number | undefined }
  /** What models said is deleted after so many days; undefined keeps it. */
  readonly retention: { readonly answersDays: number | undefined }
  readonly server: ServerConfig
}

/** Cron expressions of five fields in an IANA time zone; those of the tiers stand with the tiers. */
export interface ScheduleConfig {
  readonly timeZone: string
  readonly report: string
  readonly send: string
  /** When the providers are asked what they have; undefined: never. */
  readonly discover: string | undefined
  /** How long after its time a report still waits for evaluations that are not done. */
  readonly waitHours: number
}

/** The tariff, and what the machine of a local server draws while it answers, where nothing nearer says it. */
export interface Electricity {
  readonly usdPerKwh: number
  readonly watts: number
  /** ISO date of the tariff. */
  readonly asOf: string
}

/** A channel that is undefined is not used; one without its secret is wanted and cannot be reached. */
export interface ReportsConfig {
  readonly folder: string
  readonly slack: SlackConfig | undefined
  readonly email: EmailConfig | undefined
}

export interface SlackConfig {
  readonly channel: string
  readonly token: Secret | undefined
  /** Of a server that speaks Slack's protocol; undefined: Slack's own. */
  readonly apiUrl: string | undefined
}

export interface EmailConfig {
  readonly to: readonly string[]
  /** An address, or a name with the address in angle brackets; undefined: the user of the server, else the first of `to`. */
  readonly from: string | undefined
  readonly smtp: Secret | undefined
}

/** The least severity that goes to each channel of the reports. */
export interface AlertsConfig {
  readonly slack: LeastSeverity
  readonly email: LeastSeverity
  readonly remindAfterHours: number
}

export interface ServerConfig {
  readonly host: string
  readonly port: number
  /** Where people reach it, for the links in messages; undefined: nowhere, and there are no links. */
  readonly url: string | undefined
}

export type LeastSeverity = 'info' | 'warning' | 'critical' | 'none'

export interface ConfigSource {
  cwd: string
  environment: Environment
  /** As given with --config, relative to `cwd`; undefined takes `incumbent.yaml` in `cwd` where it exists. */
  configPath?: string | undefined
}

/**
 * Reads and checks the configuration.
 * @throws UserError that lists every problem at once, each with file and line, what was expected and what came
 */
export function loadConfig({ cwd, environment, configPath }: ConfigSource): Config {
  const path = findConfigFile(cwd, configPath)
  const yaml = path === undefined ? undefined : readConfigFile(path, relative(cwd, path) || path)
  const file = checked(yaml, environment)
  const folder = path === undefined ? resolve(cwd) : resolve(path, '..')
  return frozen(completeConfig(file, { cwd, environment, folder, path }))
}

function checked(yaml: YamlFile | undefined, environment: Environment): ConfigFile {
  const result = yaml === undefined ? { file: {}, problems: [] } : checkFile(yaml, environment)
  const problems = [...result.problems, ...environmentProblems(environment, yaml?.value)]
  if (problems.length > 0 || result.file === undefined) throw new UserError(problems.join('\n'))
  return result.file
}

function completeConfig(
  file: ConfigFile,
  place: { cwd: string; environment: Environment; folder: string; path: string | undefined },
): Config {
  const { environment, folder } = place
  const models = (file.models ?? []).map(completeModel)
  const labels = Object.fromEntries(models.flatMap(({ name, label }) => (label === undefined ? [] : [[name, label]])))
  const home = variable(environment, 'INCUMBENT_HOME')
  return {
    file: place.path,
    folder,
    home: home === undefined ? resolve(folder, '.incumbent') : resolve(place.cwd, home),
    database: { url: databaseUrl(file, environment) },
    providers: completeProviders(file.providers ?? {}, environment),
    models,
    baselines: file.baselines ?? defaultBaselines,
    tiers: completeTiers(file.tiers ?? {}, labels, folder),
    schedule: completeSchedule(file.schedule ?? {}),
    reports: completeReports(file.reports ?? {}, folder),
    alerts: {
      slack: file.alerts?.slack ?? 'info',
      email: file.alerts?.email ?? 'warning',
      remindAfterHours: file.alerts?.remindAfterHours ?? 24,
    },
    electricity: file.electricity,
    budget: { cycleUsd: file.budget?.cycleUsd, monthUsd: file.budget?.monthUsd },
    retention: { answersDays: keptDays(file.retention?.answersDays) },
    server: { host: file.server?.host ?? '127.0.0.1', port: file.server?.port ?? 4080, url: file.server?.url },
  }
}

/** Thirteen months: a year can be looked back on. */
const usualAnswersDays = 400

function keptDays(wanted: number | 'none' | undefined): number | undefined {
  return wanted === 'none' ? undefined : (wanted ?? usualAnswersDays)
}

function databaseUrl(file: ConfigFile, environment: Environment): Secret | undefined {
  const url = file.database?.url ?? variable(environment, 'DATABASE_URL')?.trim()
  return url === undefined || url === 'none' ? undefined : secret(url)
}

function completeSchedule(schedule: NonNullable<ConfigFile['schedule']>): ScheduleConfig {
  const { timeZone, report = '30 2 * * 0', send = '0 3 * * 0', discover = '0 0 * * 0', waitHours = 48 } = schedule
  return {
    // Asked for when it is needed: the tables of time zones take some milliseconds to load.
    get timeZone() {
      return timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
    },
    report,
    send,
    discover: discover === 'none' ? undefined : discover,
    waitHours,
  }
}

function completeReports({ folder, slack, email }: NonNullable<ConfigFile['reports']>, base: string): ReportsConfig {
  return {
    folder: resolve(base, folder ?? 'reports'),
    slack: slack && { channel: slack.channel, token: slack.token, apiUrl: slack.apiUrl },
    email: email && { to: email.to, from: email.from, smtp: email.smtp },
  }
}
