import { userInfo } from 'node:os'
import { type Command, InvalidArgumentError } from 'commander'
import type { Config } from '../config/config.ts'
import { nearestWord } from '../shared/nearest-word.ts'
import { UserError } from '../shared/user-error.ts'
import type { Person, Said } from '../workflows/rollout/act-on-tier.ts'
import type { Workspace } from '../workflows/workspace.ts'
import { configured } from './configured.ts'
import { printJson, printLine } from './print.ts'
import { thenTell } from './then-tell.ts'

export interface SayOptions {
  by?: string
  reason?: string
  json?: boolean
}

/** Of the column that keeps who did it, less its mark. */
const longestName = 90

/** What every command takes by which a person decides about a tier. */
export function saying(command: Command, reason: 'required' | 'optional'): Command {
  const withReason =
    reason === 'required'
      ? command.requiredOption('--reason <text>', 'why; kept with it', said)
      : command.option('--reason <text>', 'why; kept with it', said)
  return withReason
    .option('--by <name>', 'who says it (default: your user name on this machine)', personName)
    .option('--json', 'print one JSON document')
}

/** Carries it in an open workspace, and prints what came of it and how the tier stands now. */
export async function say(
  command: Command,
  tier: string,
  options: SayOptions,
  act: (workspace: Workspace, tier: number, person: Person) => Promise<Said>,
): Promise<void> {
  const [{ inWorkspace }, { systemClock }] = await Promise.all([
    import('../workflows/workspace.ts'),
    import('../shared/clock.ts'),
  ])
  const config = configured(command)
  const id = tierNamed(config, tier)
  const { by = userInfo().username, reason = '' } = options
  const result = await inWorkspace(config, systemClock, (workspace) =>
    thenTell(workspace, () => act(workspace, id, { by: `manual:${by}`, reason })),
  )
  if (options.json) return printJson(result)
  printLine(saidText(result))
}

/** The tier that a person means by its number or its name. */
export function tierNamed({ tiers }: Config, text: string): number {
  const tier = tiers.find(({ id, name }) => text === String(id) || text === name || text === `tier-${id}`)
  if (tier !== undefined) return tier.id
  const near = nearestWord(
    text,
    tiers.map(({ name }) => name),
  )
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`
  const known = tiers.map(({ id, name }) => `${id} (${name})`).join(', ')
  throw new UserError(`Expected a tier of the configuration, got "${text}".${hint} Tiers: ${known}.`)
}

/** What a person reads who has said something about a tier: what came of it, and how the tier stands now. */
export function saidText({ tier, happened, seat, rollout, pin }: Said): string {
  const holder = seat === null ? `Tier ${tier} is vacant.` : `${seat} holds tier ${tier}.`
  const standing = rollout?.sentence ?? (seat !== null && happened.includes(seat) ? happened : holder)
  const now = standing === happened ? [] : [standing]
  return [
    happened,
    ...now,
    ...(pin === null || happened.includes('pinned') ? [] : [`It is pinned: ${pin.reason}.`]),
  ].join('\n')
}

function said(text: string): string {
  const words = text.trim()
  if (words !== '') return words
  throw new InvalidArgumentError('expected a reason in words, got nothing.')
}

function personName(text: string): string {
  const name = text.trim()
  if (name !== '' && name.length <= longestName) return name
  throw new InvalidArgumentError(`expected a name of 1 to ${longestName} characters, got "${text}".`)
}
