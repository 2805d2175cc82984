import type { ProviderKind } from './provider.ts'

/** Where a model computes. One local accelerator holds one model at a time; remote models do not disturb each other. */
export type Placement = 'in-process' | 'local' | 'remote'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]', 'host.docker.internal'])

export function placementOf(model: { providerKind: ProviderKind; baseUrl: string | undefined }): Placement {
  if (model.providerKind === 'rules' || model.providerKind === 'simulated') return 'in-process'
  if (model.providerKind === 'ollama') return 'local'
  if (model.baseUrl === undefined || !URL.canParse(model.baseUrl)) return 'remote'
  const { hostname } = new URL(model.baseUrl)
  return model.providerKind === 'openai' && loopback.has(hostname) ? 'local' : 'remote'
}
