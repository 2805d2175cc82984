import { samplesWords } from '../recommendation/reasoning/comparison-text.ts'
import { flipWords, frontWords, percent } from '../recommendation/reasoning/evidence-text.ts'
import { isMeasured } from '../recommendation/recommendation.ts'
import { count, duration, money, score, signed, signedInterval } from '../shared/format-number.ts'
import type { ExplainedPair, Explanation } from '../workflows/explanation.ts'
import { movedSampleText } from './moved-sample-text.ts'
import { textTable } from './text-table.ts'
import { wrapped } from './wrapped-columns.ts'

/** A decision told from sample to verdict. `width` is that of the terminal. */
export function explainText(explanation: Explanation, width: number): string {
  const { evaluation, reasoning, pair } = explanation
  const { id, tier, tierName, startedAt, status } = evaluation
  const paragraphs = reasoning.split('\n\n')
  const sections = [
    ['What was asked', asked(explanation)],
    ['How an answer is scored', scoring(explanation)],
    ...(pair === null ? [] : [['From samples to a difference', difference(explanation, pair)]]),
    ...(pair === null || pair.gates.length === 0 ? [] : [['The gates of a switch', gates(pair)]]),
    ['What would change it', changes(explanation)],
    ...(pair === null ? [] : [['The samples that moved it most', moved(evaluation, pair, width)]]),
  ].map(([title, text], index) => `${index + 1}. ${title}\n\n${text}`)
  const head = `Evaluation ${id} · tier ${tier} (${tierName}) · ${startedAt.slice(0, 10)} · ${status}`
  return [head, filled(paragraphs[0] ?? '', width), ...sections, filled(paragraphs.at(-1) ?? '', width)].join('\n\n')
}

function asked({ evaluation, asked: models, skipped, reasoning }: Explanation): string {
  const { dataset, samples, repeats, pooled, applies } = evaluation
  const times = repeats === 1 ? 'once' : `${repeats} times`
  const rows = models.map(({ model, role, simulated, calls, failed, costUsd }) => [
    simulated ? `${model} (simulated)` : model,
    role,
    count(calls),
    count(failed),
    money(costUsd),
  ])
  // Challengers that were asked and not judged have paragraphs of their own.
  const setAside = reasoning.split('\n\n').filter((text) => /^(?:Dropped by racing|Locked)/.test(text))
  const right = { align: 'right' } as const
  const columns = [
    { title: 'model' },
    { title: 'role' },
    { title: 'calls', ...right },
    { title: 'failed', ...right },
    { title: 'cost', ...right },
  ]
  return [
    `${count(samples)} samples of ${dataset}; a language model was asked each ${times}, a baseline once.`,
    ...(pooled > 0
      ? [`The verdict also rests on ${pooled} earlier ${pooled === 1 ? 'evaluation' : 'evaluations'}.`]
      : []),
    ...(applies ? [] : ['It was a trial (--no-apply or --limit): nothing follows from it.']),
    textTable(columns, rows),
    ...setAside,
    ...skipped.map(({ model, reason }) => `Left out: ${model}, ${reason}.`),
  ].join('\n')
}

function scoring({ scoring: { fields, references, settings, words } }: Explanation): string {
  const counting = fields.filter(({ weight }) => weight > 0)
  const { weights, formula, spanSpeed, spanCost } = settings
  const { latencyMs, costUsd } = references
  const total =
    formula === null
      ? `${percent(weights.accuracy)} accuracy + ${percent(weights.speed)} speed + ${percent(weights.cost)} cost`
      : formula
  const lines = [
    ...(counting.length === 0
      ? []
      : [
          'Accuracy (0 to 100) is the share of the target that an answer has right, field by field:',
          textTable(
            [{ title: 'field' }, { title: 'weight', align: 'right' }, { title: 'compared by' }],
            counting.map(({ path, weight, scorer }) => [path, String(weight), scorer]),
          ),
        ]),
    `Speed (0 to 100): 50 for ${duration(latencyMs)}, 100 for ${duration(latencyMs / spanSpeed)} or less, 0 for ${duration(latencyMs * spanSpeed)} or more.`,
    `Cost (0 to 100): 50 for ${money(costUsd)} a call, 100 for ${money(costUsd / spanCost)} or less, 0 for ${money(costUsd * spanCost)} or more.`,
    `Total = ${total}. ${formula === null ? words : ''}`.trimEnd(),
    'A call that failed counts 0 in all of them. Repeats of a sample are averaged before anything is compared.',
  ]
  return lines.join('\n')
}

function difference({ evaluation }: Explanation, pair: ExplainedPair): string {
  const { held, challenger, comparison, spread } = pair
  const { samples, better, worse, same, quartiles } = spread
  const lines = [
    `Of ${count(samples)} samples that both were asked, ${challenger} has the better total on ${count(better)}, ${held} on ${count(worse)}; ${count(same)} are the same.`,
  ]
  if (quartiles !== null) {
    const [lower, middle, upper] = quartiles
    lines.push(
      `Half of the differences lie between ${signed(lower)} and ${signed(upper)} points, the middle one is ${signed(middle)}.`,
    )
  }
  if (comparison !== null && isMeasured(comparison)) {
    const { delta, deltaCi95, clusters, seUsed, shrunkDelta } = comparison
    lines.push(
      `Their mean is ${signed(delta)} points. From how they scatter over ${count(clusters)} independent samples follows a standard error of ${score(seUsed)}, and the 95 % interval ${signedInterval(deltaCi95)}.`,
      ...(delta > 0
        ? [`The best of several is usually lucky, too: expect about ${signed(shrunkDelta)} points in service.`]
        : []),
    )
  }
  if (comparison === null) lines.push(`The seat was vacant: ${held} is who came next, or the best baseline.`)
  if (evaluation.pooled > 0) lines.push('Answers of all pooled evaluations count; those shown below are of this one.')
  return lines.join('\n')
}

function gates({ challenger, gates: rows }: ExplainedPair): string {
  const marks = (passed: boolean | null) => (passed === null ? '·' : passed ? '✓' : '✗')
  // What blocks is the reason, and stands first.
  const order = rows.toSorted((one, other) => Number(one.passed !== false) - Number(other.passed !== false))
  const blocked = rows.filter(({ passed }) => passed === false).length
  const unseen = rows.some(({ passed }) => passed === null)
  const verdict =
    blocked === 0
      ? `${challenger} passes every gate.`
      : `${challenger} is blocked by ${blocked === 1 ? 'one gate' : `${blocked} gates`} (✗).`
  return [
    textTable(
      [{ title: '' }, { title: 'gate' }, { title: 'found' }, { title: 'needed' }],
      order.map(({ passed, rule, found, needed }) => [marks(passed), rule, found, needed]),
    ),
    unseen ? `${verdict} The others (·) were not looked at.` : verdict,
  ].join('\n')
}

function changes({ evidence, scoring: { settings, words }, recommendation }: Explanation): string {
  const { weightsThatFlip, paretoFront, samplesNeeded } = evidence
  const more = recommendation.comparisons.filter(isMeasured).flatMap((comparison) => {
    const needed = samplesNeeded[comparison.model]
    return needed === undefined ? [] : samplesWords(needed, comparison).map((text) => `${comparison.model}: ${text}`)
  })
  const limits = recommendation.comparisons
    .filter(isMeasured)
    .map(
      ({ model, clusters, mdeTotal80 }) =>
        `${model}: ${count(clusters)} independent samples cannot see a gain below ${score(mdeTotal80)} points.`,
    )
  const lines = [
    ...(weightsThatFlip === null ? [] : [flipWords(weightsThatFlip, recommendation.target)]),
    ...(settings.formula === null ? [] : [words]),
    ...frontWords(paretoFront),
    ...limits,
    ...more,
  ]
  return lines.length === 0 ? 'Another model to compare with.' : lines.map((line) => `- ${line}`).join('\n')
}

function moved({ repeats }: Explanation['evaluation'], pair: ExplainedPair, width: number): string {
  const { held, challenger, movedMost } = pair
  if (movedMost.length === 0) return 'No sample was asked of both.'
  const legend = [
    `Target, ${held} and ${challenger} beside each other; ${held} holds ${pair.comparison === null ? 'second place' : 'the seat'}.`,
    '≠ the two differ in this field. Behind an answer: its score in percent. Fields that decided most come first; weight 0 is not counted.',
    ...(repeats > 1 ? ['Of several repeats the one is shown whose accuracy is nearest to their mean.'] : []),
  ]
  return [legend.join('\n'), ...movedMost.map((sample, index) => movedSampleText(sample, index, width))].join('\n\n')
}

function filled(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => wrapped(line, width))
    .join('\n')
}
