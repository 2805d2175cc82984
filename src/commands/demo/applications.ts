import type { Question } from '../../serving/gateway/answerer.ts'
import type { Traffic } from '../../serving/gateway/traffic/create-traffic.ts'
import { newId } from '../../shared/new-id.ts'
import { renderPrompt } from '../../tasks/render-prompt.ts'
import type { TierMaterial } from '../../workflows/tier-material.ts'

/** The applications of the demo, which ask the gateway as any others do. */
export interface Applications {
  /** How many requests they have sent. */
  sent(): number
  /** Sends requests to a tier; what they give rise to may still be under way. */
  ask(tier: number, requests: number): Promise<void>
}

/** Copies in the shadow wait in a queue of 64. */
const mostUnsettled = 64

export function createApplications(traffic: Traffic, materials: readonly TierMaterial[]): Applications {
  const questions = new Map(materials.map((material) => [material.tier.id, questionsOf(material)]))
  let sent = 0

  async function send(tier: number, signal: AbortSignal): Promise<void> {
    sent += 1
    const own = questions.get(tier) ?? []
    const question = own[sent % own.length]
    if (question === undefined) throw new Error(`Tier ${tier} has no questions.`)
    const request = { requestId: newId(), model: `tier-${tier}`, key: undefined, wantsStream: false, signal }
    // A request that nobody can answer is one that failed: the gateway has kept that.
    await traffic.answer({ ...request, question: numbered(question, sent) }).catch(() => undefined)
  }

  return {
    sent: () => sent,
    async ask(tier, requests) {
      const { signal } = new AbortController()
      for (let asked = 0; asked < requests; asked += 1) {
        await send(tier, signal)
        if (sent % mostUnsettled === 0) await traffic.settled()
      }
    },
  }
}

function questionsOf({ task, golden }: TierMaterial): Question[] {
  return golden.samples.map((sample) => ({
    messages: renderPrompt(task, sample),
    answerSchema: task.answerSchema,
    maxOutputTokens: task.maxOutputTokens,
    temperature: 0,
    seed: undefined,
  }))
}

/** No two requests are alike, so that no two answers have to be. */
function numbered(question: Question, number: number): Question {
  return { ...question, messages: [...question.messages, { role: 'user', content: `Posting ${number}` }] }
}
