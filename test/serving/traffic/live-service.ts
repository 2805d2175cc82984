import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import OpenAI from 'openai'
import { afterAll } from 'vitest'
import { loadConfig } from '../../../src/config/config.ts'
import { loadAssignment } from '../../../src/database/assignment-queries.ts'
import { insertRollout, loadRollout } from '../../../src/database/rollout-queries.ts'
import type { Rollout } from '../../../src/rollout/rollout.ts'
import { stateSentence } from '../../../src/rollout/state-sentence.ts'
import { type RunningService, runService } from '../../../src/serving/run-service.ts'
import { systemClock } from '../../../src/shared/clock.ts'
import { openWorkspace, type Workspace } from '../../../src/workflows/workspace.ts'
import { exampleRollout, shadowState } from '../../support/example-rollout.ts'
import { type OpenAiFault, startLoopbackOpenAi } from '../../support/loopback-openai.ts'
import type { Loopback } from '../../support/loopback-server.ts'
import type { DatabasePlace } from '../../support/test-databases.ts'

export const holder = 'holder'
export const newcomer = 'newcomer'

/** Two model servers, one for each model, in this process. */
export interface Models {
  holder: Loopback<OpenAiFault>
  newcomer: Loopback<OpenAiFault>
}

export async function startModels(): Promise<Models> {
  const models = { holder: await startLoopbackOpenAi(), newcomer: await startLoopbackOpenAi() }
  afterAll(() => Promise.all([models.holder.close(), models.newcomer.close()]))
  return models
}

/** Limits that a test reaches in seconds; what they mean is what they mean with hundreds of requests and a day. */
const quickRollout = `
      shadow: { requests: 40, hours: 0 }
      partial: { requests: 40, hours: 0 }
      share: 0.5
      guards: { leastBaseline: 200, slowBound: 0.5 }`

export function configuration({ holder: one, newcomer: other }: Models, second = '  2: none\n'): string {
  return `baselines: []
providers:
  one: { kind: openai, baseUrl: '${one.url}', concurrency: 64, timeoutMs: 2000 }
  other: { kind: openai, baseUrl: '${other.url}', concurrency: 64, timeoutMs: 2000 }
models:
  - { name: ${holder}, provider: one }
  - { name: ${newcomer}, provider: other }
tiers:
  1:
    candidates: [${holder}, ${newcomer}]
    initial: ${holder}
    fallbacks: [${holder}]
    targets: { p95Ms: 1500 }
    rollout:${quickRollout}
${second}  3: none
`
}

export function writeConfiguration(cwd: string, text: string): void {
  writeFileSync(join(cwd, 'incumbent.yaml'), text)
}

/** A service in this process, which ends with its database when it is disposed of. */
export interface LiveService extends AsyncDisposable {
  service: RunningService
  workspace: Workspace
  client: OpenAI
  log(): string
}

export async function openAt(
  cwd: string,
  place: DatabasePlace,
  environment: Record<string, string> = {},
): Promise<Workspace> {
  const where = place.url === undefined ? { INCUMBENT_HOME: place.home } : { DATABASE_URL: place.url }
  // Nobody is there: without it a real one of this machine would be asked.
  const elsewhere = { OLLAMA_HOST: '127.0.0.1:9' }
  const config = loadConfig({ cwd, environment: { ...elsewhere, ...where, ...environment } })
  return openWorkspace(config, systemClock, () => undefined)
}

export async function startLiveService(workspace: Workspace): Promise<LiveService> {
  let log = ''
  const service = await runService(workspace, {
    host: '127.0.0.1',
    port: 0,
    runCommand: () => Promise.resolve(0),
    writeLog: (text) => {
      log += text
    },
  })
  return {
    service,
    workspace,
    client: clientFor(service.url),
    log: () => log,
    async [Symbol.asyncDispose]() {
      await service.stop()
      await workspace.database.close()
    },
  }
}

export function clientFor(url: string): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 })
}

/** What an evaluation that says `switch` leaves behind: the newcomer in the shadow of the holder. */
export async function openShadow(
  { config, database, clock }: Workspace,
  otherwise: Partial<Rollout> = {},
): Promise<Rollout> {
  const [tier] = config.tiers
  if (tier === undefined) throw new Error('There is no tier.')
  const now = clock.now()
  const until = new Date(now.getTime() + 86_400_000)
  const rollout = exampleRollout({
    incumbent: holder,
    challenger: newcomer,
    state: shadowState({ since: now, countsSince: now, until }),
    createdAt: now,
    settings: tier.rollout,
    baseline: undefined,
    ...otherwise,
  })
  await insertRollout(database.db, rollout, {
    at: now,
    by: 'auto',
    event: 'opened',
    sentence: 'It was opened.',
    reason: undefined,
    evidence: undefined,
    stateSentence: stateSentence(rollout),
  })
  return rollout
}

/** Further on: with the holder's requests known, and the newcomer answering a share of them. */
export function partlyOpen(share: number, { clock }: Workspace): Partial<Rollout> {
  const since = clock.now()
  const until = new Date(since.getTime() + 86_400_000)
  return {
    state: { stage: 'partial', since, countsSince: since, until, share, step: 0, splitBrokenSince: undefined },
    baseline: { n: 1000, errors: 0, invalid: 0, slowMs: 300, slowFirstTokenMs: undefined },
  }
}

/** Where an answer came from. */
export interface Served {
  model: string
  stage: string
  attempt: string
}

export async function ask(client: OpenAI, key?: string): Promise<Served> {
  const { data, response } = await client.chat.completions
    .create({
      model: 'tier-1',
      messages: [{ role: 'user', content: 'Hello' }],
      ...(key === undefined ? {} : { user: key }),
    })
    .withResponse()
  const header = (name: string) => response.headers.get(`x-incumbent-${name}`) ?? ''
  return { model: data.model, stage: header('stage'), attempt: header('attempt') }
}

/** Asks again and again, a few at a time, until something holds; the answers so far. @throws after so many requests */
export async function askUntil(
  { client }: Pick<LiveService, 'client'>,
  holds: (served: Served) => boolean | Promise<boolean>,
  { most = 4000, atOnce = 8, mayFail = false }: { most?: number; atOnce?: number; mayFail?: boolean } = {},
): Promise<Served[]> {
  const all: Served[] = []
  const failed = (error: unknown): Served => {
    if (!mayFail) throw error
    return { model: '', stage: '', attempt: '' }
  }
  while (all.length < most) {
    const batch = await Promise.all(Array.from({ length: atOnce }, () => ask(client).catch(failed)))
    all.push(...batch)
    for (const served of batch) if (await holds(served)) return all
  }
  throw new Error(`It did not come within ${most} requests; the last answer was ${JSON.stringify(all.at(-1))}.`)
}

export async function stageOf({ database: { db } }: Workspace, { id }: Rollout): Promise<string | undefined> {
  return (await loadRollout(db, id))?.state.stage
}

export async function seatOf({ database: { db } }: Workspace): Promise<string | undefined> {
  return (await loadAssignment(db, 1))?.model
}
