import { detectableWords } from '../recommendation/reasoning/comparison-text.ts'
import { flipWords, frontWords, percent } from '../recommendation/reasoning/evidence-text.ts'
import { setAsideText } from '../recommendation/reasoning/set-aside-text.ts'
import { headlineOf, nextOf } from '../recommendation/reasoning.ts'
import { isMeasured } from '../recommendation/recommendation.ts'
import { deletedAnswersWords } from '../reporting/deleted-answers-words.ts'
import { counted } from '../shared/counted.ts'
import { count, duration, money } from '../shared/format-number.ts'
import type { ExplainedPair, Explanation } from '../workflows/explanation.ts'
import { differenceText } from './difference-text.ts'
import { filled } from './filled.ts'
import { movedSampleText } from './moved-sample-text.ts'
import { textTable } from './text-table.ts'

/** A decision told from sample to verdict. `width` is that of the terminal. */
export function explainText(explanation: Explanation, width: number): string {
  const { evaluation, reasoning, pair } = explanation
  const { id, tier, tierName, startedAt, status } = evaluation
  const sections = [
    ['What was asked', asked(explanation, width)],
    ['How an answer is scored', scoring(explanation, width)],
    ...(pair === null ? [] : [['From samples to a difference', filled(differenceText(explanation, pair), width)]]),
    ...(pair === null || pair.gates.length === 0 ? [] : [['The gates of a switch', gates(pair, width)]]),
    ['What would change it', filled(changes(explanation), width)],
    ...(pair === null ? [] : [['The samples that moved it most', moved(evaluation, pair, width)]]),
  ].map(([title, text = ''], index) => `${index + 1}. ${title}\n\n${text}`)
  const head = `Evaluation ${id} · tier ${tier} (${tierName}) · ${startedAt.slice(0, 10)} · ${status}`
  return [head, filled(headlineOf(reasoning), width), ...sections, filled(nextOf(reasoning), width)].join('\n\n')
}

function asked({ evaluation, asked: models, skipped, setAside }: Explanation, width: number): string {
  const { dataset, samples, repeats, pooled, applies } = evaluation
  const times = repeats === 1 ? 'once' : `${repeats} times`
  const rows = models.map(({ model, role, simulated, calls, failed, costUsd }) => [
    simulated ? `${model} (simulated)` : model,
    role,
    count(calls),
    count(failed),
    calls === failed ? '' : money(costUsd),
  ])
  const right = { align: 'right' } as const
  const columns = [
    { title: 'model' },
    { title: 'role' },
    { title: 'calls', ...right },
    { title: 'failed', ...right },
    { title: 'cost', ...right },
  ]
  const plan = [
    `${counted(samples, 'sample')} of ${dataset}; a language model was to be asked each ${times}, a baseline once.`,
    ...(pooled > 0 ? [`The verdict also rests on ${counted(pooled, 'earlier evaluation')}.`] : []),
    ...(applies ? [] : ['It was a trial (--no-apply or --limit): nothing follows from it.']),
  ]
  const leftOut = skipped.map(({ model, reason }) => `Left out: ${model}, ${reason}.`)
  return [
    filled(plan.join('\n'), width),
    textTable(columns, rows),
    filled([setAsideText({ ...setAside, applies }), ...leftOut].join('\n').trim(), width),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function scoring({ scoring: { fields, references, settings, words } }: Explanation, width: number): string {
  const { weights, formula, spanSpeed, spanCost } = settings
  const { latencyMs, costUsd } = references
  const total =
    formula === null
      ? `${percent(weights.accuracy)} accuracy + ${percent(weights.speed)} speed + ${percent(weights.cost)} cost. ${words}`
      : `${formula}.`
  const lines = [
    `Speed (0 to 100): 50 for ${duration(latencyMs)}, 100 for ${duration(latencyMs / spanSpeed)} or less, 0 for ${duration(latencyMs * spanSpeed)} or more.`,
    `Cost (0 to 100): 50 for ${money(costUsd)} a call, 100 for ${money(costUsd / spanCost)} or less, 0 for ${money(costUsd * spanCost)} or more.`,
    `Total = ${total}`,
    'A call that failed counts 0 in all of them. Repeats of a sample are averaged before anything is compared.',
  ]
  return [...fieldTable(fields), filled(lines.join('\n'), width)].join('\n\n')
}

/** Nothing where no answer was scored. */
function fieldTable(fields: Explanation['scoring']['fields']): string[] {
  const rows = fields
    .filter(({ weight }) => weight > 0)
    .map(({ path, weight, scorer }) => [path, String(weight), scorer])
  if (rows.length === 0) return []
  const columns = [{ title: 'field' }, { title: 'weight', align: 'right' as const }, { title: 'compared by' }]
  return [
    'Accuracy (0 to 100) is the share of the target that an answer has right, field by field:',
    textTable(columns, rows),
  ]
}

function gates({ challenger, gates: rows }: ExplainedPair, width: number): string {
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
    filled(unseen ? `${verdict} The others (·) were not looked at.` : verdict, width),
  ].join('\n\n')
}

function changes({ evidence, scoring: { settings, words }, recommendation, pair }: Explanation): string {
  const { weightsThatFlip, paretoFront } = evidence
  if (recommendation.decision === 'invalid_run') return 'A run in which the calls succeed.'
  const compared = pair?.comparison
  const lines = [
    ...(weightsThatFlip === null ? [] : [flipWords(weightsThatFlip, recommendation.target)]),
    ...(settings.formula === null ? [] : [words]),
    ...frontWords(paretoFront),
    ...(compared && isMeasured(compared) ? [`${compared.model}: ${detectableWords(compared)}`] : []),
  ]
  return lines.length === 0 ? 'Another model to compare with.' : lines.map((line) => `- ${line}`).join('\n')
}

function moved({ repeats, answersDeletedAt }: Explanation['evaluation'], pair: ExplainedPair, width: number): string {
  const { held, challenger, movedMost } = pair
  if (movedMost.length === 0) return 'No sample was asked of both.'
  const legend = [
    `Target, ${held} and ${challenger} beside each other${pair.comparison === null ? '' : `; ${held} holds the seat`}.`,
    '≠ the two differ in this field. Before an answer: its score in percent. Fields that decided most come first; weight 0 is not counted.',
    ...(repeats > 1 ? ['Of several repeats the one is shown whose accuracy is nearest to their mean.'] : []),
    ...(answersDeletedAt === null ? [] : [deletedAnswersWords(answersDeletedAt.slice(0, 10))]),
  ]
  return [
    filled(legend.join('\n'), width),
    ...movedMost.map((sample, index) => movedSampleText(sample, index, width)),
  ].join('\n\n')
}
