import type { Config } from '../../config/config.ts'
import type { Provider } from '../../providers/provider.ts'
import { createTraffic, type Traffic } from '../../serving/gateway/traffic/create-traffic.ts'
import { createMetrics } from '../../serving/metrics.ts'
import { createRequestLog } from '../../serving/request-log.ts'
import { simulatedProvider } from '../../workflows/connect-providers.ts'
import { syncRegistry } from '../../workflows/sync-registry.ts'
import { loadTierMaterial, type TierMaterial } from '../../workflows/tier-material.ts'
import { openWorkspace, type Workspace } from '../../workflows/workspace.ts'
import { type Applications, createApplications } from './applications.ts'
import type { DemoClock } from './demo-clock.ts'
import { demoConfig } from './demo-config.ts'

/** Everything that there is in the demo: a database, a gateway, applications and simulated models. */
export interface DemoWorld {
  /** Its configuration is that of the week. */
  workspace: Workspace
  clock: DemoClock
  /** The models as they are in the week. */
  models: Provider
  traffic: Traffic
  applications: Applications
  /** Samples of the golden dataset. */
  samples: number
  /** From now on models and configuration are those of the week. */
  beginWeek(week: number): Promise<void>
  /** Applications go home; the database stays open. */
  stopTraffic(): Promise<void>
}

/** @param announce hears of work that takes seconds */
export async function openDemoWorld(
  { folder, clock, seed }: { folder: string; clock: DemoClock; seed: number },
  announce: (text: string) => void,
): Promise<DemoWorld> {
  const opened = await openWorkspace(demoConfig(folder, 1, seed), clock, announce)
  let { config } = opened
  const workspace: Workspace = {
    ...opened,
    get config() {
      return config
    },
  }
  try {
    const materials = config.tiers.map((tier) => loadTierMaterial(tier, { dataset: undefined, limit: undefined }))
    let now = modelsOf(config, materials)
    const models: Provider = {
      kind: 'simulated',
      generate: (request) => now.generate(request),
      listModels: (...options) => now.listModels(...options),
    }
    const traffic = await openTraffic(workspace, models)
    return {
      workspace,
      clock,
      models,
      traffic,
      applications: createApplications(traffic, materials),
      samples: Math.max(...materials.map(({ sampleKeys }) => sampleKeys.length)),
      async beginWeek(week) {
        config = demoConfig(folder, week, seed)
        now = modelsOf(config, materials)
        await syncRegistry(workspace.database.db, config, clock.now())
        await traffic.refresh()
      },
      stopTraffic: () => traffic.stop(),
    }
  } catch (error) {
    await workspace.database.close()
    throw error
  }
}

function modelsOf(config: Config, materials: readonly TierMaterial[]): Provider {
  const settings = config.providers.simulated
  if (settings === undefined) throw new Error('The demo has no simulated provider.')
  return simulatedProvider(settings, config, materials)
}

/** Nothing is left out because this machine is busy: the story would be another every time. */
function openTraffic(workspace: Workspace, simulated: Provider): Promise<Traffic> {
  const log = createRequestLog(
    () => {},
    () => workspace.clock.now(),
  )
  return createTraffic({
    workspace,
    metrics: createMetrics(),
    log,
    simulated,
    isBusy: () => false,
    isDriven: true,
    random: () => 0,
  })
}
