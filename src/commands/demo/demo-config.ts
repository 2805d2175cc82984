import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { type Config, loadConfig } from '../../config/config.ts'
import { type CastModel, type CastTier, castModels, castTiers } from './cast.ts'

export const demoRepeats = 1

/**
 * Writes and reads the configuration as it is in a week. It has no provider but those in this process, and takes nothing
 * from the environment: no key, no address.
 * @param folder where it is written, with the database and the reports beside it
 * @param seed of the whole demo
 */
export function demoConfig(folder: string, week: number, seed: number): Config {
  const content = stringify(demoFile(week, seed), { lineWidth: 0 })
  writeFileSync(join(folder, 'incumbent.yaml'), `# Written by incumbent demo: all models are simulated.\n${content}`)
  const config = loadConfig({ cwd: folder, environment: {} })
  const inProcess = Object.entries(config.providers).filter(([, { kind }]) => kind === 'rules' || kind === 'simulated')
  return Object.freeze({ ...config, providers: Object.freeze(Object.fromEntries(inProcess)) })
}

function demoFile(week: number, seed: number) {
  return {
    database: { url: 'none' },
    // Another seed every week: the same models, asked on another day.
    providers: { simulated: { seed: (seed * 100 + week) % 4_294_967_296, concurrency: 100 } },
    models: castModels.filter((model) => isOffered(model, week)).map((model) => modelEntry(model, week)),
    baselines: ['rules-basic'],
    tiers: Object.fromEntries(castTiers.map((tier) => [tier.id, tierEntry(tier, week)])),
    schedule: { timeZone: 'UTC', discover: 'none' },
    reports: { slack: { channel: '#models' }, email: { to: ['team@example.com'] } },
    budget: { monthUsd: 40 },
  }
}

/** Whether its provider has it. */
function isOffered({ fromWeek = 1, goneFromWeek = Number.POSITIVE_INFINITY }: CastModel, week: number): boolean {
  return week >= fromWeek && week < goneFromWeek
}

function modelEntry(model: CastModel, week: number) {
  const { name, label, latencyMs, inputUsdPer1k, outputUsdPer1k, becomes, failureRate = 0.004 } = model
  const errorRate = becomes !== undefined && week >= becomes.fromWeek ? becomes.errorRate : model.errorRate
  return {
    name,
    provider: 'simulated',
    label,
    price: { inputUsdPer1k, outputUsdPer1k, asOf: '2026-01-01', source: 'incumbent demo: invented' },
    simulated: { errorRate, latencyMs, failureRate },
  }
}

function tierEntry({ initial, challengers, targets, name }: CastTier, week: number) {
  const isKnown = (model: string) => (castModels.find((one) => one.name === model)?.fromWeek ?? 1) <= week
  return { name, candidates: [initial, ...challengers.filter(isKnown)], initial, targets, repeats: demoRepeats }
}
