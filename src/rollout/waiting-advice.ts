import type { Rollout } from './rollout.ts'

/** What a person can do about a rollout that goes on by a person's word; undefined while it needs none. */
export function waitingAdvice({ state, tier }: Rollout): string | undefined {
  const ends = `\`npx incumbent reject ${tier}\` ends it.`
  const isOver = `It is over by itself when the requests are healthy again, or with \`npx incumbent approve ${tier}\`.`
  const goesOn = `\`npx incumbent approve ${tier}\` lets it go on, ${ends}`
  switch (state.stage) {
    case 'proposed':
      return `\`npx incumbent approve ${tier}\` starts it, ${ends}`
    case 'shadow':
      return state.waitsFor === 'evidence' ? undefined : goesOn
    case 'paused':
      return state.cause === 'pin' ? `\`npx incumbent unpin ${tier}\` lets it go on.` : goesOn
    case 'incident':
      return isOver
    case 'full':
      return state.incident === undefined ? undefined : isOver
    default:
      return undefined
  }
}
