import type { CostProjection } from '../../../reporting/cost-projection/cost-projection.ts'
import { checkAgainst, pathText } from '../../../shared/schema-problems.ts'
import { UserError } from '../../../shared/user-error.ts'
import { projectTierCosts, requestsLately } from '../../../workflows/project-tier-costs.ts'
import type { Workspace } from '../../../workflows/workspace.ts'
import { costQuery, costRequest } from '../../api/costs-api.ts'
import { queryOf } from '../../api/read-api-request.ts'

/** What the form holds, and the answer to it. */
export interface Calculator {
  tier: number
  /** The fields as they were sent, by name. */
  fields: Readonly<Record<string, string>>
  /** Live requests a day lately; undefined: there were none. */
  lately: number | undefined
  projection: CostProjection | undefined
  /** Why there is no answer. */
  problem: string | undefined
}

/** Answers the form out of the query of the page; what was asked wrongly is told and never an error of the page. */
export async function loadCalculator(workspace: Workspace, url: string): Promise<Calculator> {
  const fields = fieldsOf(url)
  const tiers = workspace.config.tiers.map(({ id }) => id)
  const tier = tiers.find((id) => String(id) === fields.tier) ?? tiers[0] ?? 1
  const lately = await requestsLately(workspace, tier)
  const { projection, problem } = await answerTo(workspace, { ...fields, tier: String(tier) }, lately)
  return { tier, fields, lately, projection, problem }
}

function fieldsOf(url: string): Record<string, string> {
  const entries = Object.entries(queryOf(url)).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : (value[0] ?? ''),
  ])
  return Object.fromEntries(entries) as Record<string, string>
}

async function answerTo(
  workspace: Workspace,
  fields: Readonly<Record<string, string>>,
  lately: number | undefined,
): Promise<Pick<Calculator, 'projection' | 'problem'>> {
  const { tier, perDay, growth, inputTokens, outputTokens, budget } = fields
  const asked = { tier, perDay, growth, inputTokens, outputTokens, budget, price: pricesIn(fields) }
  const checked = checkAgainst(costQuery, asked)
  if (checked.status === 'invalid') {
    return {
      projection: undefined,
      problem: checked.problems.map(({ path, message }) => `${words(pathText(path))}: ${message}.`).join(' '),
    }
  }
  if (perDay === undefined && lately === undefined) return { projection: undefined, problem: undefined }
  try {
    const [projection] = await projectTierCosts(workspace, costRequest(workspace, checked.value))
    return { projection, problem: undefined }
  } catch (error) {
    if (error instanceof UserError) return { projection: undefined, problem: error.message }
    throw error
  }
}

/** Each model has fields of its own: `in.<model>`, `out.<model>` and, where it begins later, `from.<model>`. */
function pricesIn(fields: Readonly<Record<string, string>>): string[] {
  return Object.entries(fields).flatMap(([name, input]) => {
    if (!name.startsWith('in.')) return []
    const model = name.slice('in.'.length)
    const from = fields[`from.${model}`]
    return [`${model}=${input},${fields[`out.${model}`] ?? '0'}${from === undefined ? '' : `@${from}`}`]
  })
}

const labels: Readonly<Record<string, string>> = {
  perDay: 'Requests a day',
  growth: 'Growth',
  inputTokens: 'Tokens in',
  outputTokens: 'Tokens out',
  budget: 'Budget',
}

function words(path: string): string {
  return labels[path] ?? 'Prices'
}
