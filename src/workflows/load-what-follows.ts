/**
 * Loads what is needed when all answers are there: verdict and report, with the library that draws charts. To be called while
 * calls wait for their answers; loaded at the end, it would be waited for.
 */
export async function loadWhatFollows(): Promise<void> {
  for (const load of parts) await load()
}

/** One after another, so that answers that come meanwhile wait for one of them only. */
const parts: (() => Promise<unknown>)[] = [
  () => import('./decide-evaluation.ts'),
  () => import('./save-decision.ts'),
  () => import('./incumbent-watch.ts'),
  () => import('./keep-sample-results.ts'),
  () => import('./report-cycle.ts'),
  () => import('../reporting/render-html/render-html.ts'),
  async () => (await import('../reporting/charts/draw.ts')).warmUpCharts(),
]
