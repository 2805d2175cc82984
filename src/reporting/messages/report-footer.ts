import type { ReportWords } from './report-words.ts'

export const simulatedNote = 'Simulated models draw their answers from an answer book and never take a real seat.'

/** What a mail rests on, how to stop what goes by itself, and why one gets it. */
export function reportFooter({ basis, stop, isSimulated }: ReportWords): string[] {
  const why = 'You get this because your address stands under reports.email in incumbent.yaml.'
  const measured = basis === '' ? [] : [`Measured on ${basis}.`, stop]
  return [...measured, why, ...(isSimulated ? [simulatedNote] : [])]
}
