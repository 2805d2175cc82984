import { counted } from '../../shared/counted.ts'
import { count } from '../../shared/format-number.ts'
import type { CycleReport } from '../cycle-report.ts'

/** Measured on what, and how much was asked; empty without a tier. */
export function basisWords({ evaluations }: CycleReport): string {
  if (evaluations.length === 0) return ''
  const data = evaluations.map(({ dataset, samples, repeats, verifiedBy }) => {
    return `${dataset}, ${counted(samples, 'sample')} × ${repeats}, ${verifiedBy.map(({ words }) => words).join('; ')}`
  })
  const runs = evaluations.flatMap(({ runs: own }) => own)
  const asked = runs.reduce((sum, run) => sum + run.asked, 0)
  const failed = runs.flatMap((run) => Object.values(run.failed)).reduce((sum, calls) => sum + calls, 0)
  const different = [...new Set(data)]
  const shown = different.length > 3 ? [...different.slice(0, 2), `${different.length - 2} more sets`] : different
  return [...shown, `${counted(asked, 'call')}, ${count(failed)} failed`].join(' · ')
}
