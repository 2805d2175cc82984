import { Command } from 'commander'
import type { ScheduleState } from '../scheduling/schedule-state.ts'
import { confidence } from '../shared/format-number.ts'
import type { TierState } from '../workflows/tier-states.ts'
import { configured } from './configured.ts'
import { movementText } from './movement-text.ts'
import { printJson, printLine, printNote } from './print.ts'
import { scheduleText } from './schedule-text.ts'
import { standingText } from './standing-text.ts'
import { textTable } from './text-table.ts'
import { thenTell } from './then-tell.ts'
import { isStillVacant, vacancyText } from './vacancy-text.ts'
import { weightsText } from './weights-text.ts'

export function statusCommand(): Command {
  return new Command('status')
    .description('Tiers, incumbents, last verdicts, rollouts, schedule, and what is missing')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ npx incumbent status')
    .action(async (options: { json?: boolean }, command: Command) => {
      const [{ tierStates }, { tickRollouts }, { inWorkspace }, { systemClock }, { scheduleState }] = await Promise.all(
        [
          import('../workflows/tier-states.ts'),
          import('../workflows/rollout/decide-rollout.ts'),
          import('../workflows/workspace.ts'),
          import('../shared/clock.ts'),
          import('../scheduling/schedule-state.ts'),
        ],
      )
      const config = configured(command)
      const { tiers, schedule } = await inWorkspace(config, systemClock, async (workspace) => {
        const happened = await tickRollouts(workspace)
        if (happened.length > 0) await thenTell(workspace, async () => happened.forEach(printNote))
        return { tiers: await tierStates(workspace), schedule: await scheduleState(workspace) }
      })
      const { timeZone } = config.schedule
      if (options.json) return printJson({ timeZone, tiers, schedule })
      printLine(statusText(tiers, schedule))
    })
}

function statusText(tiers: readonly TierState[], slots: ScheduleState): string {
  const columns = [
    'tier',
    'incumbent',
    'assigned by',
    'since',
    'last verdict',
    'evaluation',
    'confidence',
    'schedule',
  ].map((title) => ({ title }))
  const rows = tiers.map((state) => {
    const { tier, name, model, assignedBy, assignedAt, lastVerdict, schedule } = state
    return [
      `${tier} ${name}`,
      model ?? 'vacant',
      assignedBy ?? '',
      assignedAt?.slice(0, 10) ?? '',
      verdictCell(state),
      lastVerdict?.evaluation.slice(0, 8) ?? '',
      lastVerdict?.confidence == null ? '' : confidence(lastVerdict.confidence),
      schedule,
    ]
  })
  const parts = [
    textTable(columns, rows),
    scheduleText(slots),
    vacancyText(tiers),
    weightsText(tiers),
    movementText(tiers),
    standingText(tiers),
    ...unfinished(tiers, slots),
    missingText(tiers),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

/** A first assignment that was not made leaves the seat vacant. */
function verdictCell(state: TierState): string {
  const { lastVerdict: verdict } = state
  if (verdict === null) return 'none yet'
  const isUnmade = verdict.decision === 'initial_assignment' && isStillVacant(state)
  return `${isUnmade ? 'stays vacant' : verdict.decision.replaceAll('_', ' ')} ${verdict.at.slice(0, 10)}`
}

function unfinished(tiers: readonly TierState[], slots: ScheduleState): string[] {
  const goesOnByItself = (tier: number) => slots.unfinished.some(({ schedule }) => schedule === `tier-${tier}`)
  return tiers.flatMap(({ tier, running, interrupted }) => [
    ...running.map(
      ({ evaluation, startedAt }) => `Tier ${tier}: evaluation ${evaluation} is running since ${startedAt}.`,
    ),
    ...interrupted.map(
      ({ evaluation, startedAt }) =>
        `Tier ${tier}: evaluation ${evaluation} of ${startedAt} was interrupted. ${goesOnByItself(tier) ? 'A running service goes on with it; by hand' : 'Go on with'}: npx incumbent resume ${evaluation.slice(0, 8)}`,
    ),
  ])
}

function missingText(tiers: readonly TierState[]): string {
  const missing = Map.groupBy(
    tiers.flatMap((state) => state.missing),
    ({ reason, remedy }) => `${reason}${remedy === undefined ? '' : `: ${remedy}`}`,
  )
  if (missing.size === 0) return ''
  const lines = [...missing].map(([reason, same]) => {
    const models = [...new Set(same.map(({ model }) => model))]
    return `  - ${models.join(', ')}: ${reason}`
  })
  return ['Cannot be tested now:', ...lines].join('\n')
}
