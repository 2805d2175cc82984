import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig } from '../../src/config/config.ts'
import type { Database } from '../../src/database/database.ts'
import { seedAssignment } from '../../src/database/seed-assignments.ts'
import type { EvaluationReport } from '../../src/reporting/cycle-report.ts'
import { type CycleListener, silentListener } from '../../src/workflows/cycle-listener.ts'
import type { CycleRequest } from '../../src/workflows/cycle-request.ts'
import { wholeRequest } from '../../src/workflows/cycle-request.ts'
import { runCycle } from '../../src/workflows/run-cycle.ts'
import { syncRegistry } from '../../src/workflows/sync-registry.ts'
import type { Workspace } from '../../src/workflows/workspace.ts'
import { smallDataset, writtenFolder } from '../datasets/written-dataset.ts'
import { createFakeClock } from './fake-clock.ts'

/** How the models of a test behave, by name: `errorRate: 0.1, latencyMs: 1000`. */
export type Behaviours = Record<string, string>

export interface WeekOptions {
  models: Behaviours
  /** Further keys of the tier, as YAML in braces: `targets: { latencyMs: 900 }`. Without `rollout` no seat moves by itself. */
  tier?: string
  request?: Partial<CycleRequest>
}

const still = ', rollout: { policy: recommend-only }'
const price = 'price: { inputUsdPer1k: 0.001, outputUsdPer1k: 0.002, asOf: 2026-01-01 }'
const weekMs = 7 * 86_400_000

/**
 * A tier of a small dataset that simulated models answer week after week, through the workflow that serves the commands.
 * The first model of the first week holds the seat.
 */
export function simulatedWeeks(database: Database, samples: number) {
  const folder = writtenFolder(
    Object.fromEntries(Object.entries(datasetOf(samples)).map(([path, content]) => [`tickets/${path}`, content])),
  )
  const clock = createFakeClock()
  const config = ({ models, tier = '' }: WeekOptions) => {
    const names = Object.keys(models)
    const lines = Object.entries(models).map(
      ([name, behaviour]) => `  - { name: ${name}, provider: simulated, simulated: { ${behaviour} }, ${price} }`,
    )
    writeFileSync(
      join(folder, 'incumbent.yaml'),
      `baselines: []\nmodels:\n${lines.join('\n')}\ntiers:\n  1: { name: tickets, task: ./tickets/tier1, dataset: ./tickets, candidates: [${names.join(', ')}], initial: ${names[0]}, minimumSamples: 10${tier === '' ? '' : `, ${tier}`}${tier.includes('rollout:') ? '' : still} }\n  2: none\n  3: none\n`,
    )
    return loadConfig({ cwd: folder, environment: { OLLAMA_HOST: '127.0.0.1:9' } })
  }
  const workspaceOf = async (options: WeekOptions): Promise<Workspace> => {
    const workspace = { config: config(options), database, clock }
    await syncRegistry(database.db, workspace.config, clock.now())
    for (const { id, initial } of workspace.config.tiers) await seedAssignment(database.db, id, initial, clock.now())
    return workspace
  }
  const evaluate = async (
    options: WeekOptions,
    listener: CycleListener = silentListener,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<EvaluationReport> => {
    const request = { ...wholeRequest, ...options.request }
    const { evaluations } = await runCycle(await workspaceOf(options), request, 'test', listener, signal)
    const [evaluation] = evaluations
    if (evaluation === undefined) throw new Error('Nothing was evaluated.')
    return evaluation
  }
  return {
    folder,
    clock,
    workspaceOf,
    /** One evaluation; the clock stands still. */
    evaluate,
    /** One evaluation; the clock then stands a week later. */
    async week(...run: Parameters<typeof evaluate>): Promise<EvaluationReport> {
      const evaluation = await evaluate(...run)
      await clock.advance(weekMs)
      return evaluation
    },
  }
}

function datasetOf(samples: number) {
  const numbers = Array.from({ length: samples }, (_, index) => index)
  return smallDataset({
    'v1/samples.jsonl': numbers.map((index) => ({
      key: `t${index + 1}`,
      category: index % 2 === 0 ? 'login' : 'refund',
      complexity: 'simple',
      notes: `note ${index}`,
      input: { title: `Ticket ${index + 1}`, text: `The customer of case ${index + 1} writes a letter.` },
    })),
    'tier1/targets.v1.jsonl': numbers.map((index) => ({
      key: `t${index + 1}`,
      target: { team: index % 2 === 0 ? 'identity' : 'billing', urgency: (index % 5) + 1 },
      verified_by: 'Ada',
    })),
  })
}
