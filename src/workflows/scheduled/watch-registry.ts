import { alertsOfKind, raiseAlert } from '../../database/alert-queries.ts'
import { createDayCounter } from '../../database/day-counter.ts'
import { listModels } from '../../database/model-queries.ts'
import { byName, type Model } from '../../providers/model.ts'
import { placementOf } from '../../providers/placement.ts'
import { type GenerateRequest, type Provider, ProviderError } from '../../providers/provider.ts'
import { quotaDayOf } from '../../providers/throttle/quota-day.ts'
import { counted } from '../../shared/counted.ts'
import { type Connections, connectProviders } from '../connect-providers.ts'
import { type Proposal, proposeModels } from '../propose-models.ts'
import { tickRollouts } from '../rollout/decide-rollout.ts'
import { replaceGoneModel } from '../rollout/replace-gone-model.ts'
import type { Workspace } from '../workspace.ts'

/**
 * Asks the providers what they have. A remote model that its provider neither lists nor answers for is retired, and who holds
 * a tier is replaced; models like a tier's candidates that nobody was told of are proposed in one alert. None is added.
 * @returns what happened, in sentences
 */
export async function watchRegistry(workspace: Workspace, signal: AbortSignal): Promise<string[]> {
  const { config, database, clock } = workspace
  const models = await listModels(database.db)
  const connections = await connectProviders({
    config,
    registry: byName(models),
    knowledge: [],
    dayCounter: createDayCounter(database.db, quotaDayOf),
    clock,
    signal,
  })
  const happened: string[] = []
  for (const model of models.filter(({ isActive }) => isActive)) {
    const provider = doubtful(model, connections)
    if (provider === undefined || !(await isUnknown(model, provider, signal))) continue
    happened.push(`${model.name} is gone`, ...(await replaceGoneModel(workspace, model.name, undefined)))
  }
  happened.push(...(await tickRollouts(workspace)))
  const found = await propose(workspace, connections, byName(models))
  return found === undefined ? happened : [...happened, found]
}

/** The provider of a remote model that is missing in its list. Lists leave out names that are served all the same. */
function doubtful(model: Model, connections: Connections): Provider | undefined {
  if (placementOf(model) !== 'remote') return undefined
  const connection = connections.get(model.provider)
  if (connection?.status !== 'ready' || connection.models === undefined) return undefined
  return connection.models.some(({ id }) => id === model.providerModelId) ? undefined : connection.provider
}

async function isUnknown({ providerModelId }: Model, provider: Provider, signal: AbortSignal): Promise<boolean> {
  try {
    await provider.generate(shortQuestion(providerModelId, signal))
    return false
  } catch (error) {
    signal.throwIfAborted()
    return error instanceof ProviderError && error.kind === 'model-not-found'
  }
}

function shortQuestion(modelId: string, signal: AbortSignal): GenerateRequest {
  return {
    modelId,
    messages: [{ role: 'user', content: 'Answer with the word: yes' }],
    answerSchema: undefined,
    maxOutputTokens: 16,
    temperature: 0,
    seed: undefined,
    timeoutMs: 60_000,
    signal,
    sample: undefined,
  }
}

/** One alert for all that is new, and none where people were told of everything. */
async function propose(
  { config, database, clock }: Workspace,
  connections: Connections,
  registry: ReadonlyMap<string, Model>,
): Promise<string | undefined> {
  const told = (await alertsOfKind(database.db, 'model-found')).map(({ message }) => message)
  const proposals = config.tiers.flatMap((tier) => proposeModels(tier, registry, connections))
  const fresh = proposals.filter(({ command }) => !told.some((message) => message.includes(`\`${command}\``)))
  if (fresh.length === 0) return undefined
  const names = [...new Set(fresh.map(({ model }) => model))]
  const subject = `${counted(names.length, 'model')} could be tested: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''}`
  await raiseAlert(database.db, {
    kind: 'model-found',
    severity: 'info',
    subject,
    message: `The providers have models like those of the tiers. None was added; as a challenger each is added with:\n${list(fresh)}`,
    tier: undefined,
    model: undefined,
    evaluationId: undefined,
    raisedAt: clock.now(),
  })
  return subject
}

function list(proposals: readonly Proposal[]): string {
  return proposals.map(({ command }) => `\`${command}\``).join('\n')
}
