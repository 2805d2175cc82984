import { count, rate } from '../../shared/format-number.ts'
import type { CycleReport, EvaluationReport } from '../cycle-report.ts'
import { testCostWords } from '../run-words.ts'
import { figureList } from './figure-list.ts'
import type { Html } from './html.ts'

/** How much was tested, what that cost, and what came of it. */
export function fourFigures({ evaluations }: CycleReport): Html {
  const runs = evaluations.flatMap((evaluation) => evaluation.runs)
  const asked = runs.reduce((sum, run) => sum + run.asked, 0)
  const [cost = '', ...basis] = testCostWords(runs).split(' ')
  const changed = evaluations.filter(({ assignment }) => assignment.changed).length
  const [tested, untested] = testedFigure(evaluations)
  return figureList([
    { label: 'Language models tested', value: tested, context: untested },
    { label: 'Calls', value: count(asked), context: callsContext(evaluations, asked) },
    { label: 'Cost of this cycle', value: cost, context: basis.join(' ') },
    { label: 'Seats that changed', value: count(changed), context: `of ${count(evaluations.length)} evaluated` },
  ])
}

function testedFigure(evaluations: readonly EvaluationReport[]): [string, string] {
  const answered = evaluations.flatMap(({ runs }) =>
    runs.filter(({ role, scored }) => role !== 'baseline' && scored > 0),
  )
  const tested = new Set(answered.map(({ model }) => model)).size
  const untested = new Set(evaluations.flatMap(({ skipped }) => skipped.map(({ model }) => model))).size
  return [count(tested), untested === 0 ? 'none left out' : `${count(untested)} not tested`]
}

function callsContext(evaluations: readonly EvaluationReport[], asked: number): string {
  const calls = evaluations.flatMap(({ runs }) => runs.flatMap(({ failed }) => Object.values(failed)))
  const failed = calls.reduce((sum, times) => sum + times, 0)
  const saved = evaluations.flatMap(({ dropped }) => dropped).reduce((sum, each) => sum + each.planned - each.asked, 0)
  const failures = failed === 0 ? 'none failed' : `${count(failed)} failed, ${rate(failed / asked)}`
  return saved === 0 ? failures : `${failures}; ${count(saved)} saved by dropping early`
}
