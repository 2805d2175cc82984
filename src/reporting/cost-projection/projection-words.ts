import { counted } from '../../shared/counted.ts'
import { estimatedMoney, money, roundMoney } from '../../shared/format-number.ts'
import type { CostProjection, ModelProjection } from './cost-projection.ts'

/** What a manager could forward: what the seat costs, whether that is within the budget, and what is cheaper. */
export function projectionSentence(projection: CostProjection): string {
  const [first] = projection.models
  if (first === undefined) return 'This tier has no model to project.'
  const { requestsPerDay, growthPerMonth } = projection
  const growth = growthPerMonth === 0 ? '' : `, ${growthWords(growthPerMonth)} a month`
  const requests = `${counted(requestsPerDay, 'request')} a day${growth}`
  const subject = first.holdsSeat ? first.model : `${first.model}, the cheapest for the vacant seat,`
  if (first.costUsd === null) return `What ${first.model} costs is not known: ${unknownWords(first)}.`
  const { mean, interval } = first.costUsd.month
  const costs = `${subject} costs ${estimatedMoney(mean, interval)} in the next 30 days with ${requests}`
  return `${costs}${budgetWords(first, projection)}.${alternativeWords(projection)}`
}

/** `grows 5 %`, `shrinks 2 %` */
function growthWords(growth: number): string {
  const percent = `${Number((Math.abs(growth) * 100).toPrecision(3))}\u202f%`
  return `${growth > 0 ? 'growing' : 'shrinking'} ${percent}`
}

function budgetWords({ budget }: ModelProjection, { budgetUsdPerMonth, from }: CostProjection): string {
  if (budget === null || budgetUsdPerMonth === null) return ''
  const limit = `the budget of ${roundMoney(budgetUsdPerMonth)} a month`
  if (budget.month === 'over') return `, over ${limit}`
  if (budget.month === 'uncertain') return `, perhaps over ${limit}`
  const later = budget.overFrom === null || budget.overFrom === from ? '' : ` until ${budget.overFrom}`
  return `, within ${limit}${later}`
}

function alternativeWords({ models }: CostProjection): string {
  const others = models.filter(({ monthLessIncumbentUsd }) => monthLessIncumbentUsd !== null)
  const [cheapest] = others
  if (cheapest?.monthLessIncumbentUsd == null) return ''
  const words = differenceWords(cheapest)
  return ` ${cheapest.model}${others.length === 1 ? '' : ', the cheapest other model,'} would cost ${words}.`
}

/** `$31 ($29 to $33) less`; what cannot be told from nothing is said so. */
export function differenceWords({ monthLessIncumbentUsd: less }: ModelProjection): string {
  if (less === null) return 'not known'
  const { mean, interval } = less
  if (mean === 0) return 'as much'
  const isLess = mean < 0
  const [low, high] = interval ?? [mean, mean]
  if (low < 0 && high > 0)
    return `${isLess ? 'less' : 'more'} by ${roundMoney(Math.abs(mean))}, which may be chance (${roundMoney(-low)} less to ${roundMoney(high)} more)`
  const shown = isLess ? ([-high, -low] as const) : ([low, high] as const)
  return `${estimatedMoney(Math.abs(mean), interval === null ? null : shown)} ${isLess ? 'less' : 'more'}`
}

/** Why a model has no figures. */
export function unknownWords({ status }: ModelProjection): string {
  return status === 'price-unknown' ? 'its price is unknown' : 'its tokens were never measured on this tier'
}

/** What gives a model its figures; undefined where it has them. */
export function priceRemedy({ model, status }: ModelProjection, tier: number): string | undefined {
  switch (status) {
    case 'price-unknown':
      return `npx incumbent models add ${model} --price <in,out> (US dollars per 1,000 input and output tokens)`
    case 'use-unknown':
      return `npx incumbent run --tier ${tier} --models ${model}, or give --input-tokens and --output-tokens`
    case 'projected':
      return undefined
  }
}

const tokenWords = {
  golden: 'Tokens are those that each model used on the golden samples',
  live: 'Tokens are those that each model used on the golden samples, at the level of the live requests of the last 7 days',
  given: 'Every request is taken to have the tokens that were given, with every model',
}

/** What the figures rest on, in sentences. */
export function basisWords({ tokens, models: all }: CostProjection): string[] {
  const models = all.filter(({ status }) => status === 'projected')
  const free = models.filter(({ isOnFreePlan }) => isOnFreePlan)
  const unpowered = models.filter(({ prices }) => prices.every(({ price }) => price === null))
  const powered = models.flatMap(({ model, prices }) =>
    prices.flatMap(({ price }) =>
      price?.usdPerHour === undefined ? [] : [`${model} ${money(price.usdPerHour)} an hour`],
    ),
  )
  return [
    `${tokenWords[tokens]}${tokens === 'given' ? '' : measuredWords(models)}.`,
    `Prices are list prices${priceDays(models)}.`,
    ...models.flatMap(assumedWords),
    ...(free.length === 0 ? [] : [`On a free plan, and shown as it would be paid: ${namesOf(free)}.`]),
    ...(unpowered.length === 0
      ? []
      : [`Taken to cost nothing, as electricity is not configured: ${namesOf(unpowered)}.`]),
    ...(powered.length === 0 ? [] : [`Electricity while it answers, an estimate: ${powered.join(', ')}.`]),
    tokens === 'given'
      ? 'There are no intervals: how much requests differ is not known.'
      : 'Intervals are of 95 %, from how much the samples differ; whether your requests are like them they do not say.',
  ]
}

function measuredWords(models: readonly ModelProjection[]): string {
  const places = new Set(
    models.flatMap(({ measured }) => (measured === null ? [] : [`${measured.dataset} on ${measured.on}`])),
  )
  return places.size === 0 ? '' : ` (${[...places].join(', ')})`
}

function priceDays(models: readonly ModelProjection[]): string {
  const listed = models.flatMap(({ prices }) => prices.filter(({ from }) => from === null))
  const days = listed.flatMap(({ price }) => price?.asOf ?? []).toSorted()
  const [first, last] = [days.at(0), days.at(-1)]
  if (first === undefined) return ''
  return first === last ? ` of ${first}` : ` of ${first} to ${last}`
}

/** Of the prices that a person gave for this projection. */
function assumedWords({ model, prices }: ModelProjection): string[] {
  return prices.flatMap(({ from, price }) => {
    if (from === null || price === null) return []
    const { inputUsdPer1k = 0, outputUsdPer1k = 0 } = price
    return [
      `From ${from} on ${model} is taken to cost $${inputUsdPer1k} and $${outputUsdPer1k} per 1,000 tokens in and out.`,
    ]
  })
}

function namesOf(models: readonly ModelProjection[]): string {
  return models.map(({ model }) => model).join(', ')
}
