import { dayAndMonth } from '../../shared/format-date.ts'
import { count } from '../../shared/format-number.ts'
import type { Story } from './story.ts'
import type { StoryEvents } from './story-events.ts'
import type { StoryWeek } from './story-week.ts'

const indent = '    '

/** A week for a person who watches: who was asked, and what happened. */
export function weekText({ week, sunday, tiers, happened }: StoryWeek): string {
  const verdicts = tiers.map(({ tier, incumbent, decision, target }) => {
    return `tier ${tier} ${target === null ? words(decision, incumbent) : `${incumbent} → ${target}?`}`
  })
  const lines = happened.map(({ at, text }) => `${indent}${day(at)}  ${text}`)
  return [`Week ${week}, ${day(sunday)}: ${verdicts.join(' · ')}`, ...lines].join('\n')
}

function words(decision: string, incumbent: string | null): string {
  return decision === 'keep' ? `keeps ${incumbent}` : `${incumbent}: ${decision.replaceAll('_', ' ')}`
}

/** What was to be seen, in the end. */
export function storyText({ events, liveRequests, samples, repeats, weeks }: Story): string {
  const asked = repeats === 1 ? 'once' : `${repeats} times`
  return [
    `${weeks.length} weeks, ${samples} golden samples, each asked ${asked} of every model (3 times outside of the demo), ${count(liveRequests)} live requests. All models are simulated.`,
    ...eventLines(events).map((line) => `  ${line}`),
  ].join('\n')
}

function eventLines({ won, refused, rolledBack, retired, late }: StoryEvents): string[] {
  return [
    ...won.map(({ tier, model, over, shadowAt, partialAt, fullAt }) => {
      const stages = `shadow ${day(shadowAt)}, part of the requests ${day(partialAt)}, all of them ${day(fullAt)}`
      return `won          tier ${tier}: ${model} over ${over} (${stages})`
    }),
    ...refused.map(({ tier, model, at, why }) => `refused      tier ${tier}: ${model} (${why}; ${day(at)})`),
    ...rolledBack.map(({ tier, model, at, nowHeldBy }) => {
      return `rolled back  tier ${tier}: ${model} became worse, ${nowHeldBy} is back (${day(at)})`
    }),
    ...retired.map(({ model, at, seats }) => {
      const successors = seats.map(({ tier, takenBy }) => `${takenBy} took tier ${tier}`).join(', ')
      return `retired      ${model} by its provider, ${successors} (${day(at)})`
    }),
    ...late.map(({ channel, subject, queuedAt, sentAt }) => {
      return `late         ${channel} of ${day(queuedAt)} ${time(queuedAt)}, sent ${time(sentAt)}: ${subject}`
    }),
  ]
}

function day(iso: string): string {
  return dayAndMonth(new Date(iso), 'UTC')
}

function time(iso: string): string {
  return iso.slice(11, 16)
}
