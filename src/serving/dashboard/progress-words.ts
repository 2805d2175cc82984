import type { RolloutPicture } from '../../workflows/pages/rollout-picture.ts'

/** What a rollout waits for, in figures; what a person can do instead has buttons on pages, and no commands. */
export function progressWords(rollout: RolloutPicture | null): string | undefined {
  const words = rollout?.progress ?? undefined
  return words?.includes('`') ? undefined : words
}
