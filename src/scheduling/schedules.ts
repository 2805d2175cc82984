import type { Config } from '../config/config.ts'
import type { CronTimes } from './cron-times.ts'

/** Something that is due again and again. */
export interface Schedule {
  /** `tier-1`, `report`, `send`, `discover`. */
  name: string
  stage: 'discover' | 'tier' | 'report' | 'send'
  /** Undefined unless it is the stage of a tier. */
  tier: number | undefined
  times: CronTimes
  /** Its times as they are stored with each slot: one that was changed begins anew. */
  expression: string
  /** What happens, for people. */
  words: string
}

/** All schedules of a configuration, in the order of their stages. */
export function schedulesOf({ tiers, schedule }: Pick<Config, 'tiers' | 'schedule'>): Schedule[] {
  const { timeZone, report, send, discover } = schedule
  const at = (cron: string) => ({ times: { cron, timeZone }, expression: `${cron} ${timeZone}` })
  const whole = (stage: 'discover' | 'report' | 'send', cron: string, words: string): Schedule => {
    return { name: stage, stage, tier: undefined, ...at(cron), words }
  }
  return [
    ...(discover === undefined ? [] : [whole('discover', discover, 'the providers are asked what they have')]),
    ...tiers.map((tier): Schedule => {
      const words = `tier ${tier.id} (${tier.name}) is evaluated`
      return { name: `tier-${tier.id}`, stage: 'tier', tier: tier.id, ...at(tier.schedule), words }
    }),
    whole('report', report, 'the report is made'),
    whole('send', send, 'the report is sent'),
  ]
}
