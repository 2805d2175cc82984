import { sampleInputs } from '../../database/export-queries.ts'
import { loadGoldenTargets } from '../../database/golden-target-queries.ts'
import type { ListSort, SortedAt } from '../../database/list-order.ts'
import { outcomesOf } from '../../database/outcome-queries.ts'
import {
  askedSamples,
  comparedPairs,
  type ListedSample,
  movedSamples,
  placeOfSample,
  type SampleColumn,
  type SampleFilter,
  type SamplePlace,
  sampleScores,
} from '../../database/sample-queries.ts'
import type { Evaluation } from '../../evaluation/evaluation.ts'
import type { JsonObject } from '../../shared/json.ts'
import { NotThere } from '../../shared/not-there.ts'
import { UserError } from '../../shared/user-error.ts'
import { targetPaths } from '../explained-pair.ts'
import { theEvaluation } from '../recommend-again.ts'
import { type ComparedField, type ShownAnswer, sideBySide } from '../side-by-side.ts'
import type { Workspace } from '../workspace.ts'
import { iso } from './iso.ts'
import { listCursor, listPosition, numberedPosition } from './list-position.ts'

/** Two models that are held against each other; the first holds the seat, or came next where it is vacant. */
export interface SamplePair {
  held: string
  challenger: string
}

export interface SamplesRequest {
  /** Undefined: the one that the verdict turned on, else the first. */
  challenger: string | undefined
  category: string | undefined
  complexity: string | undefined
  /** Only samples of which a call failed in this way. */
  failure: string | undefined
  /** Undefined: those that moved the decision most first. */
  sort?: ListSort<SampleColumn> | undefined
  cursor: string | undefined
  limit: number
}

export interface SamplesPage {
  /** Null where no two models were compared: the samples then come by their keys. */
  pair: SamplePair | null
  pairs: SamplePair[]
  items: SampleItem[]
  next: string | null
}

export interface SampleItem extends ListedSample {
  /** The pair, or all models where there is none. */
  scores: { model: string; accuracy: number; asked: number; failed: number }[]
}

/**
 * The samples of an evaluation, those that moved the decision most first.
 * @throws UserError for an evaluation or a challenger that is not there, and for a cursor that was not made here
 */
export async function loadSamples(workspace: Workspace, id: string, request: SamplesRequest): Promise<SamplesPage> {
  return samplesOf(workspace, await theEvaluation(workspace, id), request)
}

/** Of an evaluation that was loaded already. @param leader the challenger that the verdict turned on */
export async function samplesOf(
  { database: { db } }: Workspace,
  evaluation: Evaluation,
  request: SamplesRequest,
  leader?: string | null,
): Promise<SamplesPage> {
  const pairs = await comparedPairs(db, evaluation.id)
  const pair = chosenPair(pairs, request.challenger, leader)
  const models = pair === null ? evaluation.models.map(({ name }) => name) : [pair.held, pair.challenger]
  const { category, complexity, failure, sort, cursor, limit } = request
  const filter: SampleFilter = {
    category,
    complexity,
    failure: failure === undefined ? undefined : { kind: failure, models },
  }
  const page = { ...filter, limit: limit + 1 }
  const rows: (ListedSample & { sortedAt?: SortedAt })[] =
    pair === null
      ? await askedSamples(db, evaluation, { ...page, ...keyPosition(cursor, sort) })
      : await movedSamples(db, evaluation, {
          ...page,
          challenger: pair.challenger,
          sort,
          after: rankPosition(cursor, sort),
        })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const scores = await sampleScores(db, evaluation.id, { samples: shown.map(({ sample }) => sample), models })
  return {
    pair,
    pairs,
    items: shown.map(({ sortedAt: _at, ...row }) => ({ ...row, scores: scoresOf(row.sample, scores, models) })),
    next:
      rows.length > limit && last !== undefined
        ? listCursor(sort, { at: last.sortedAt ?? null, rest: [last.rank ?? last.sample] })
        : null,
  }
}

function chosenPair(
  pairs: readonly SamplePair[],
  wanted: string | undefined,
  leader: string | null | undefined,
): SamplePair | null {
  const [first = null] = pairs
  if (wanted === undefined) return pairs.find(({ challenger }) => challenger === leader) ?? first
  const pair = pairs.find(({ challenger }) => challenger === wanted)
  if (pair !== undefined) return pair
  const known = pairs.map(({ challenger }) => challenger).join(', ')
  throw new UserError(`Expected a challenger that was compared (${known || 'there is none'}), got "${wanted}".`)
}

function rankPosition(cursor: string | undefined, sort: SamplesRequest['sort']) {
  const position = numberedPosition(cursor, sort)
  return position && { at: position.at, rank: position.number }
}

/** Without a pair there are only keys to go by. */
function keyPosition(cursor: string | undefined, sort: SamplesRequest['sort']) {
  const [key] = listPosition(cursor, sort)?.rest ?? []
  return {
    afterKey: key === undefined ? undefined : String(key),
    isDescending: sort?.column === 'sample' && sort.isDescending,
  }
}

function scoresOf(
  sample: string,
  scores: Awaited<ReturnType<typeof sampleScores>>,
  models: readonly string[],
): SampleItem['scores'] {
  return models.flatMap((model) =>
    scores
      .filter((score) => score.sample === sample && score.model === model)
      .map(({ accuracy, asked, failed }) => ({ model, accuracy, asked, failed })),
  )
}

/** One sample with two models side by side against the target. */
export interface SamplePage extends SamplePair {
  evaluation: { id: string; tier: number; tierName: string; startedAt: string; dataset: string; repeats: number }
  /** When the answers were deleted, as they had become too old; null while they are kept. */
  answersDeletedAt: string | null
  sample: string
  category: string | null
  complexity: string | null
  input: JsonObject | null
  target: JsonObject | null
  answers: { held: ShownAnswer; challenger: ShownAnswer }
  fields: ComparedField[]
  /** Among those that moved the decision; null for a pair that the verdict did not compare. */
  place: SamplePlace | null
  /** All models of the evaluation, simulated ones marked. */
  models: { model: string; isSimulated: boolean }[]
}

/**
 * @param models two names; undefined: the pair that the samples are sorted by
 * @throws UserError for an evaluation, a sample or a model that is not there
 */
export async function loadSample(
  workspace: Workspace,
  id: string,
  wanted: { sample: string; models: readonly string[] | undefined },
): Promise<SamplePage> {
  return sampleOf(workspace, await theEvaluation(workspace, id), wanted)
}

/** Of an evaluation that was loaded already. */
export async function sampleOf(
  { database: { db } }: Workspace,
  evaluation: Evaluation,
  { sample, models }: { sample: string; models: readonly string[] | undefined },
): Promise<SamplePage> {
  if (!evaluation.sampleKeys.includes(sample)) {
    throw new NotThere(`Evaluation ${evaluation.id} asked no sample "${sample}".`)
  }
  const pairs = await comparedPairs(db, evaluation.id)
  const { held, challenger } = pairOf(evaluation, pairs, models)
  const golden = {
    dataset: evaluation.datasetName,
    version: evaluation.datasetVersion,
    tier: evaluation.tier,
    sampleKeys: [sample],
  }
  const target = (await loadGoldenTargets(db, golden)).get(sample)
  const outcomes = await outcomesOf(db, evaluation.id, [held, challenger], [sample])
  const { fields, ...answers } = sideBySide(
    sample,
    [held, challenger],
    outcomes,
    target?.target,
    targetPaths(evaluation),
  )
  const isKept = pairs.some((pair) => pair.held === held && pair.challenger === challenger)
  return {
    evaluation: {
      id: evaluation.id,
      tier: evaluation.tier,
      tierName: evaluation.tierName,
      startedAt: evaluation.startedAt.toISOString(),
      dataset: `${evaluation.datasetName}@${evaluation.datasetVersion}`,
      repeats: Math.max(...evaluation.models.map(({ repeats }) => repeats)),
    },
    answersDeletedAt: iso(evaluation.answersDeletedAt),
    sample,
    category: target?.category ?? null,
    complexity: target?.complexity ?? null,
    input: (await sampleInputs(db, golden)).get(sample) ?? null,
    target: target?.target ?? null,
    held,
    challenger,
    answers,
    fields,
    place: isKept ? ((await placeOfSample(db, { evaluationId: evaluation.id, challenger, sample })) ?? null) : null,
    models: evaluation.models.map(({ name, providerKind }) => ({
      model: name,
      isSimulated: providerKind === 'simulated',
    })),
  }
}

function pairOf(
  { models, id }: Evaluation,
  pairs: readonly SamplePair[],
  wanted: readonly string[] | undefined,
): SamplePair {
  const known = models.map(({ name }) => name)
  const unknown = wanted?.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new UserError(`Evaluation ${id} asked ${known.join(', ')}, and no "${unknown}".`)
  const [held, challenger] = wanted ?? []
  if (held !== undefined && challenger !== undefined) return { held, challenger }
  const [first] = pairs
  const pair = pairs.find((each) => each.challenger === (held ?? first?.challenger)) ?? first
  const [one = '', other = one] = known
  return pair ?? { held: one, challenger: other }
}
