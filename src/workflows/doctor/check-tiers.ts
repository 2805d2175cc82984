import type { TierConfig } from '../../config/tier-config.ts'
import { counted } from '../../shared/counted.ts'
import { UserError } from '../../shared/user-error.ts'
import { loadTierMaterial } from '../tier-material.ts'
import { type Check, good, problem, warning } from './check.ts'

/** Whether the tier has golden data that can be read, a model in its seat, and somebody to compare it with. */
export function checkTier(tier: TierConfig, seat: string | undefined, canBeAsked: (model: string) => boolean): Check {
  const part = `tier ${tier.id}`
  const samples = samplesOf(tier)
  if (typeof samples === 'string') return problem(part, samples, `npx incumbent datasets check ${tier.dataset.name}`)
  const challengers = tier.candidates.filter((model) => model !== seat)
  const askable = challengers.filter(canBeAsked).length
  const words = `${seat ?? 'nobody'} holds it; ${askable} of ${counted(challengers.length, 'challenger')} can be asked, about ${counted(samples, 'sample')}`
  if (seat !== undefined && !canBeAsked(seat)) {
    return warning(part, `${words}; the holder cannot be asked`, 'Mend what is said of its provider above')
  }
  if (askable > 0) return good(part, words)
  return warning(part, words, 'Nothing can be compared: name a model that answers as a candidate of the tier')
}

/** The number of samples, or what is wrong with them. */
function samplesOf(tier: TierConfig): number | string {
  try {
    return loadTierMaterial(tier, { dataset: undefined, limit: undefined }, { rules: false }).sampleKeys.length
  } catch (error) {
    if (error instanceof UserError) return error.message.split('\n')[0] ?? 'its golden data cannot be read'
    throw error
  }
}
