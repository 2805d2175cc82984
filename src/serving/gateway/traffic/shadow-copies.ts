import type { Model } from '../../../providers/model.ts'
import type { Generated, Provider } from '../../../providers/provider.ts'
import type { Clock } from '../../../shared/clock.ts'
import type { Attempt, AttemptEnd } from './attempt.ts'
import type { CopyBudget } from './copy-budget.ts'
import { endOfAnswer, endOfFailure } from './make-attempt.ts'
import type { ProviderSlots } from './provider-slots.ts'

/** Copies of requests for the challenger of a shadow. Nobody waits for them, and nobody sees their answers. */
export interface ShadowCopies {
  /**
   * @param attempt of the holder of the seat, which has ended
   * @param answer of it; undefined where it had none
   * @returns whether the copy is taken; under load, at the limit of the day, or with a full queue it is not
   */
  offer(attempt: Attempt, answer: Generated | undefined): boolean
  /** Starts what may start now: a slot may have become free. */
  startWaiting(): void
  counts(): { waiting: number; running: number; made: number; dropped: number }
  /** Gives up what waits and what runs. */
  stop(): void
}

/** @param answer of the holder of the seat to the same request; undefined where it had none */
export type CopyFinished = (copy: Attempt, end: AttemptEnd, answer: Generated | undefined) => void

interface CopyOptions {
  modelOf: (name: string) => Model | undefined
  /** @throws when the model's provider cannot be asked */
  connect: (model: Model) => Connected
  slots: ProviderSlots
  budget: CopyBudget
  isBusy: () => boolean
  random: () => number
  clock: Clock
  finished: CopyFinished
  mostRunning?: number
  mostWaiting?: number
  /** Of all questions that wait, together. */
  mostCharacters?: number
}

interface Connected {
  provider: Provider
  timeoutMs: number
}

interface Copy extends Connected {
  of: Attempt
  challenger: Model
  answer: Generated | undefined
  characters: number
}

export function createShadowCopies(options: CopyOptions): ShadowCopies {
  const { slots, budget, isBusy, clock, finished } = options
  const { mostRunning = 8, mostWaiting = 64, mostCharacters = 16_000_000 } = options
  const waiting: Copy[] = []
  const running = new Set<AbortController>()
  let made = 0
  let dropped = 0
  let characters = 0

  function hasRoomFor(copy: Copy): boolean {
    return !isBusy() && waiting.length < mostWaiting && characters + copy.characters <= mostCharacters
  }

  /** Those behind one whose provider has no slot need not wait for it. */
  function startWaiting(): void {
    for (let index = 0; index < waiting.length && running.size < mostRunning; ) {
      const copy = waiting[index]
      if (copy === undefined || !start(copy)) index += 1
      else waiting.splice(index, 1)
    }
  }

  function start(copy: Copy): boolean {
    const controller = new AbortController()
    const giveUp = () => controller.abort(new Error('An application needs the place of this copy.'))
    const sharedBy = slots.enterCopy(copy.challenger.provider, giveUp)
    if (sharedBy === undefined) return false
    characters -= copy.characters
    running.add(controller)
    void ask(copy, sharedBy, controller.signal).finally(() => {
      running.delete(controller)
      slots.leaveCopy(copy.challenger.provider, giveUp)
      startWaiting()
    })
    return true
  }

  async function ask(copy: Copy, sharedBy: number, signal: AbortSignal): Promise<void> {
    const { request, plan } = copy.of
    const planned = { model: copy.challenger, arm: 'challenger' as const }
    const attempt: Attempt = { request, plan, planned, number: 1, at: clock.now(), sharedBy }
    const end = await endOfCopy(copy, signal)
    if (end === undefined) {
      dropped += 1
      return
    }
    made += 1
    finished(attempt, end, copy.answer)
  }

  return {
    offer(attempt, answer) {
      const copy = copyOf(attempt, answer, options)
      if (copy === undefined) return false
      if (!hasRoomFor(copy) || !budget.allows(attempt.plan, copy.challenger)) {
        dropped += 1
        return false
      }
      characters += copy.characters
      waiting.push(copy)
      startWaiting()
      return true
    },
    startWaiting,
    counts: () => ({ waiting: waiting.length, running: running.size, made, dropped }),
    stop() {
      waiting.length = 0
      for (const controller of running) controller.abort(new Error('The service is being stopped.'))
    },
  }
}

/** Undefined where none is wanted, or the challenger cannot be asked. */
function copyOf(
  of: Attempt,
  answer: Generated | undefined,
  { random, modelOf, connect }: Pick<CopyOptions, 'random' | 'modelOf' | 'connect'>,
): Copy | undefined {
  const { rollout } = of.plan
  if (rollout === undefined || random() >= rollout.settings.shadow.share) return undefined
  const challenger = modelOf(rollout.challenger)
  if (challenger === undefined) return undefined
  const characters = of.request.question.messages.reduce((sum, { content }) => sum + content.length, 0)
  try {
    return { of, challenger, answer, characters, ...connect(challenger) }
  } catch {
    // Its provider has no key or no address: people are told by whoever looks at providers.
    return undefined
  }
}

/** On a computer of one's own a copy often comes to a model that was put out of memory: it would not be, were it in use. */
function withoutLoading(generated: Generated): AttemptEnd {
  const end = endOfAnswer(generated)
  return { ...end, latencyMs: end.latencyMs - (generated.timing.loadMs ?? 0) }
}

/** Undefined where the copy was not sent, or given up. */
async function endOfCopy(
  { of, challenger, provider, timeoutMs }: Copy,
  signal: AbortSignal,
): Promise<AttemptEnd | undefined> {
  const { providerModelId: modelId } = challenger
  const startedMs = performance.now()
  try {
    const request = { ...of.request.question, modelId, timeoutMs, signal, sample: undefined }
    return withoutLoading(await provider.generate(request))
  } catch (error) {
    if (signal.aborted) return undefined
    const latencyMs = performance.now() - startedMs
    return endOfFailure(error, { isCut: false }, signal, { latencyMs, firstTokenMs: undefined })
  }
}
